package chat21.observer.ops.jolokia;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.plugin.JolokiaPlatformHttpPlugin;
import org.apache.camel.support.service.ServiceSupport;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jolokia.service.serializer.JolokiaSerializer;

import chat21.observer.http.LocalMachine;

/**
 * Jolokia at Camel's management server, in place of the one that Camel brings along: that one allows everything unless a
 * policy file is found, and knows neither tokens nor a difference between looking and changing.
 */
final class GuardedJolokia extends ServiceSupport implements JolokiaPlatformHttpPlugin {

    static final String ID = "jolokia";

    private final CallerCheck callers;
    private final JolokiaServiceManager services;
    private CamelContext context;
    private HttpRequestHandler requests;

    GuardedJolokia(JolokiaSettings settings) {
        callers = new CallerCheck(settings.token());
        services = JolokiaServiceManagerFactory.createJolokiaServiceManager(
                new StaticConfiguration(ConfigKey.AGENT_ID, "chat21-camel", ConfigKey.AGENT_DESCRIPTION,
                        "chat21-camel, " + settings, ConfigKey.ALLOW_ERROR_DETAILS, "false"),
                new JolokiaLog(), new JolokiaRestrictor(settings.readOnly()), null);
        services.addService(new JolokiaSerializer());
        services.addService(new LocalRequestHandler(0));
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Handler<RoutingContext> getHandler() {
        return this::answer;
    }

    @Override
    protected void doStart() {
        requests = new HttpRequestHandler(services.start());
    }

    @Override
    protected void doStop() {
        services.stop();
    }

    private void answer(RoutingContext http) {
        HttpServerRequest request = http.request();
        if (!callers.letsIn(LocalMachine.authority(request), request.getHeader("Authorization"))) {
            if (callers.needsToken()) {
                http.response().putHeader("WWW-Authenticate", "Basic realm=\"chat21-camel\"");
            }
            http.response().setStatusCode(callers.needsToken() ? 401 : 403)
                    .end(callers.needsToken() ? "A token is needed." : "This is for callers of this machine only.");
            return;
        }
        try {
            http.response().putHeader("Content-Type", "application/json; charset=utf-8")
                    .putHeader("Cache-Control", "no-store").end(text(result(http)));
        } catch (IOException e) {
            http.fail(e);
        }
    }

    private JSONStructure result(RoutingContext http) throws IOException {
        HttpServerRequest request = http.request();
        try {
            String origin = request.getHeader("Origin") == null ? request.getHeader("Referer") : request.getHeader("Origin");
            String caller = request.remoteAddress().hostAddress();
            requests.checkAccess(request.scheme(), caller, caller, origin);
            if (HttpMethod.POST.equals(request.method())) {
                return requests.handlePostRequest(request.uri(), new ByteArrayInputStream(body(http)), "UTF-8",
                        parameters(request));
            }
            return requests.handleGetRequest(request.uri(), path(request), parameters(request));
        } catch (EmptyResponseException e) {
            throw new IOException("streams are not served here", e);
        } catch (BadRequestException | RuntimeException e) {
            return requests.handleThrowable(e);
        }
    }

    private static byte[] body(RoutingContext http) {
        return http.body() == null || http.body().buffer() == null ? new byte[0] : http.body().buffer().getBytes();
    }

    // What follows the path at which this is served.
    private static String path(HttpServerRequest request) {
        String path = request.path();
        int end = path.indexOf("/" + ID);
        // A plus stands for itself in a path.
        return end < 0 ? "" : URLDecoder.decode(path.substring(end + ID.length() + 1).replace("+", "%2B"),
                StandardCharsets.UTF_8);
    }

    private static Map<String, String[]> parameters(HttpServerRequest request) {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        request.params().names().stream().filter(name -> !name.equals("*")).forEach(name ->
                parameters.put(name, request.params().getAll(name).toArray(String[]::new)));
        return parameters;
    }

    private static String text(JSONStructure json) throws IOException {
        StringWriter text = new StringWriter();
        json.writeJSONString(text);
        return text.toString();
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
