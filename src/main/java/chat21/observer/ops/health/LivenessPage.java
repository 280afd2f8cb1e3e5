package chat21.observer.ops.health;

import java.util.Collection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * Answers at {@code /observe/health/live} whatever else the management port is asked. Camel answers one question of that port
 * after the other, and so liveness would wait behind readiness, metrics and JMX. The checks of liveness wait for nobody.
 */
public final class LivenessPage {

    private static final String PATH = "/observe/health/live";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext context;

    private LivenessPage(CamelContext context) {
        this.context = context;
    }

    /** Answers in Camel's place from now on. */
    public static void serve(CamelContext context) {
        LivenessPage page = new LivenessPage(context);
        context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .filter(VertxPlatformHttpRouter::isManagementServer)
                .forEach(router -> router.route(HttpMethod.GET, PATH).order(-1).handler(page::answer));
    }

    private void answer(RoutingContext http) {
        Collection<HealthCheck.Result> results = HealthCheckHelper.invokeLiveness(context);
        ObjectNode answer = JSON.createObjectNode();
        boolean alive = HealthCheckHelper.isResultsUp(results, false);
        answer.put("status", alive ? "UP" : "DOWN");
        ArrayNode checks = answer.putArray("checks");
        results.stream().filter(result -> result.getState() == HealthCheck.State.DOWN).forEach(result -> {
            ObjectNode check = checks.addObject();
            check.put("name", result.getCheck().getId()).put("status", "DOWN");
            result.getMessage().ifPresent(message -> check.put("message", message));
        });
        http.response().setStatusCode(alive ? 200 : 503).putHeader("Content-Type", "application/json")
                .end(answer.toString());
    }
}
