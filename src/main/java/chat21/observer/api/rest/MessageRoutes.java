package chat21.observer.api.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.send.MessageSender;
import chat21.observer.api.send.SendRequest;
import chat21.observer.engine.publish.PooledPublisher;
import chat21.observer.flow.typing.Typings;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;
import chat21.observer.protocol.RoutingKeys;

/** What callers say through the REST API: messages, and that a conversation is done with. */
final class MessageRoutes extends ApiRoutes {

    private static final byte[] ARCHIVE = "{\"action\":\"archive\"}".getBytes(StandardCharsets.UTF_8);

    private final MessageSender sender;
    private final PooledPublisher publisher;
    private final String exchange;
    private final long syncTimeoutMs;

    MessageRoutes(TokenCheck tokens, Payloads payloads, MessageSender sender, PooledPublisher publisher,
            String exchange, long syncTimeoutMs) {
        super(tokens, payloads);
        this.sender = sender;
        this.publisher = publisher;
        this.exchange = exchange;
        this.syncTimeoutMs = syncTimeoutMs;
    }

    @Override
    void describe() {
        post("/api/{app}/messages", "send-message-by-rest", "Sends a message, as a client would.", this::send);
        postAndWait("/api/{app}/messages/sync", "send-message-and-wait",
                "Sends a message, and answers with it once it is stored.", this::sendAndWait);
        delete("/api/{app}/conversations/{peer}", "archive-conversation-by-rest",
                "Archives a conversation, as a client would.", this::archive);
        put("/api/{app}/typings/{peer}", "say-typing-by-rest", "Says that somebody types.", request -> type(request, true));
        delete("/api/{app}/typings/{peer}", "say-no-typing-by-rest", "Says that somebody types no longer.",
                request -> type(request, false));
    }

    private Answer send(Request request) throws Exception {
        sender.send(request.inOwnApp().app(), read(request));
        return Answer.success(200);
    }

    private CompletableFuture<Answer> sendAndWait(Request request) throws Exception {
        return sender.sendAndWait(request.inOwnApp().app(), read(request), syncTimeoutMs).thenApply(stored -> {
            if (stored == null) {
                throw new RestError(503, "The message was taken but is not stored yet.");
            }
            return request.success(200, answer -> answer.set("message", stored));
        });
    }

    private static SendRequest read(Request request) {
        try {
            return SendRequest.of(request.json(), request.caller().user(), request.caller().admin());
        } catch (SendRequest.Missing e) {
            throw new RestError(405, e.getMessage());
        }
    }

    private Answer archive(Request request) throws IOException, InterruptedException {
        String user = onBehalfOf(request, "user_id");
        publisher.publish(List.of(Publication.json(exchange,
                RoutingKeys.archive(request.app(), user, request.id("peer")), ARCHIVE)));
        return Answer.success(201);
    }

    private Answer type(Request request, boolean typing) throws IOException, InterruptedException {
        String writer = onBehalfOf(request, "writer_id");
        byte[] body = request.payloads().write(request.payloads().newObject().put("typing", typing));
        publisher.publish(List.of(Publication.passing(exchange,
                RoutingKeys.typing(request.app(), writer, request.id("peer")), body, Typings.LASTS)));
        return Answer.success(200);
    }

    // A back end may name the user for whom it speaks.
    private static String onBehalfOf(Request request, String field) {
        request.inOwnApp();
        ObjectNode body = request.jsonIfAny();
        String named = request.caller().admin() ? Fields.id(body, field) : null;
        return named == null ? request.caller().user() : named;
    }
}
