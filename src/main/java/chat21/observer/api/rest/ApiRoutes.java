package chat21.observer.api.rest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.rest.RestDefinition;

import chat21.observer.api.auth.Caller;
import chat21.observer.api.auth.TokenCheck;
import chat21.observer.database.Statement;
import chat21.observer.message.Payloads;

/** What the routes of the REST API share: who calls is known first, and whatever goes wrong is answered as JSON. */
abstract class ApiRoutes extends RouteBuilder {

    private static final String USUAL_BASE = "/api";
    private static final String REQUEST = "request";

    private final TokenCheck tokens;
    private final Payloads payloads;
    private RestDefinition rest;
    private ApiEngine engine;
    private String base;

    ApiRoutes(TokenCheck tokens, Payloads payloads) {
        this.tokens = tokens;
        this.payloads = payloads;
    }

    /** Answers the requests of one call. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Request request) throws Exception;
    }

    /** Answers the requests of one call later. */
    @FunctionalInterface
    interface LateHandler {
        CompletableFuture<Answer> answer(Request request) throws Exception;
    }

    /** What one call is for, and its routes. */
    abstract void describe();

    @Override
    public final void configure() {
        onException(Throwable.class).id("answer-errors-" + getClass().getSimpleName()).handled(true)
                .process(new AnswerErrors());
        base = getContext().resolvePropertyPlaceholders("{{chat21.rest.base}}");
        engine = getContext().getRegistry().findSingleByType(ApiEngine.class);
        rest = rest().description("The REST API: " + getClass().getSimpleName());
        describe();
    }

    final void get(String path, String id, String description, Handler handler) {
        serve(rest::get, path, id, description, this::byToken, answering(handler));
    }

    /**
     * A call whose answer is the ids that a statement finds.
     *
     * @param access fails where the caller may not ask
     * @param ids    knows the ids in the path by their names
     */
    final void list(String path, String id, String description, Consumer<Request> access, Statement ids) {
        readCall(rest::get, based(path), id, description, this::byToken)
                .process(exchange -> ask(exchange, access, ids)).id(id + "-access")
                .description("Whether the caller may, and what to look up.")
                .to("jdbc:chat21-rest?useHeadersAsParameters=true&resetAutoCommit=false").id(id + "-look-up")
                .description("The ids, from the database.")
                .process(ApiRoutes::answerIds).id(id + "-answer").description("The ids in their order.");
    }

    private static void ask(Exchange exchange, Consumer<Request> access, Statement ids) {
        Request request = exchange.getMessage().getBody(Request.class);
        access.accept(request);
        exchange.setProperty(REQUEST, request);
        // What the request's own headers say is nothing for the database.
        exchange.getMessage().removeHeaders("*");
        request.ids().forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setBody(ids.text());
    }

    private static void answerIds(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        exchange.getProperty(REQUEST, Request.class).success(200, answer -> {
            ArrayNode result = answer.putArray("result");
            rows.forEach(row -> ((Map<?, ?>) row).values().forEach(id -> result.add((String) id)));
        }).write(exchange);
    }

    final void post(String path, String id, String description, Handler handler) {
        post(path, id, description, this::byToken, handler);
    }

    /** A call whose callers are known otherwise than by a token. */
    final void post(String path, String id, String description, Function<HttpServerRequest, Caller> callers,
            Handler handler) {
        serve(rest::post, path, id, description, callers, answering(handler));
    }

    /** A call that takes its time, without keeping a thread. */
    final void postAndWait(String path, String id, String description, LateHandler handler) {
        serve(rest::post, path, id, description, this::byToken, new AnswerLater(handler));
    }

    final void put(String path, String id, String description, Handler handler) {
        serve(rest::put, path, id, description, this::byToken, answering(handler));
    }

    final void delete(String path, String id, String description, Handler handler) {
        serve(rest::delete, path, id, description, this::byToken, answering(handler));
    }

    /** A call that needs no token and always has the same answer. */
    final void open(String path, String id, String description, Answer answer) {
        call(rest::get, based(path), id, description)
                .process(answer::write).id(id + "-answer").description("The same for everybody.");
    }

    // Existing deployments may serve the calls below another path than the usual one.
    private String based(String path) {
        return path.startsWith(USUAL_BASE + "/") ? base + path.substring(USUAL_BASE.length()) : path;
    }

    private Caller byToken(HttpServerRequest http) {
        return tokens.check(ReadRequest.token(http));
    }

    private static Processor answering(Handler handler) {
        return exchange -> handler.answer(exchange.getMessage().getBody(Request.class)).write(exchange);
    }

    private RouteDefinition call(Function<String, RestDefinition> verb, String path, String id, String description) {
        // A context without a server is there to have its calls described.
        if (engine != null) {
            engine.serve(path);
        }
        verb.apply(path).id(id + "-call").description(description).to("direct:" + id);
        return from("direct:" + id).routeId(id).routeDescription(description);
    }

    private void serve(Function<String, RestDefinition> verb, String path, String id, String description,
            Function<HttpServerRequest, Caller> callers, Processor answer) {
        readCall(verb, based(path), id, description, callers).process(answer).id(id + "-answer")
                .description("Whether the caller may, and then the answer.");
    }

    private ProcessorDefinition<?> readCall(Function<String, RestDefinition> verb, String path, String id, String description,
            Function<HttpServerRequest, Caller> callers) {
        return call(verb, path, id, description).process(new ReadRequest(callers, payloads, new PathTemplate(path)))
                .id(id + "-caller").description("Who calls, by the token, and the ids in the path.");
    }
}
