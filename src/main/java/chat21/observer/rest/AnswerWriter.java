package chat21.observer.rest;

import java.io.IOException;
import java.io.InputStream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers, counts those that are not read yet, and waits for a slow reader only so long. */
final class AnswerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);
    private static final int PART = 65_536;

    private final BytesInFlight answers;
    private final long timeoutMs;

    /**
     * @param answers   counts the bytes that callers have not read yet
     * @param timeoutMs how long reading an answer, or a part of a stream, may take
     */
    AnswerWriter(BytesInFlight answers, long timeoutMs) {
        this.answers = answers;
        this.timeoutMs = timeoutMs;
    }

    /**
     * Whether more may be prepared for a caller.
     *
     * @throws RestError if it has too much to read yet, or all together have
     */
    void requireRoom(String owner) {
        if (!answers.hasRoom(owner)) {
            throw new RestError(503, "Too many bytes are on their way; try again in a moment.");
        }
    }

    /** Sends an answer; to be called on the event loop. */
    void write(RoutingContext http, Answer answer, String owner) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            close(answer);
            return;
        }
        RestServer.head(response, answer);
        if (answer.body() instanceof InputStream stream) {
            response.setChunked(true);
            next(http, stream);
            return;
        }
        byte[] bytes = (byte[]) answer.body();
        answers.add(owner, bytes.length);
        long timer = http.vertx().setTimer(timeoutMs, t -> http.request().connection().close());
        RestServer.end(response, bytes).onComplete(sent -> {
            http.vertx().cancelTimer(timer);
            answers.give(owner, bytes.length);
        });
    }

    // The next part is read when the one before it has left.
    private void next(RoutingContext http, InputStream stream) {
        http.vertx().executeBlocking(() -> stream.readNBytes(PART), false).compose(part -> {
            if (part.length == 0) {
                return http.response().end().map(true);
            }
            long timer = http.vertx().setTimer(timeoutMs, t -> http.request().connection().close());
            return http.response().write(Buffer.buffer(part))
                    .onComplete(sent -> http.vertx().cancelTimer(timer)).map(false);
        }).onComplete(sent -> {
            if (sent.failed()) {
                LOG.debug("A stream ends early", sent.cause());
                // A whole answer would end otherwise, so the reader can tell.
                http.request().connection().close();
                close(stream);
            } else if (sent.result()) {
                close(stream);
            } else {
                next(http, stream);
            }
        });
    }

    private static void close(Answer answer) {
        if (answer.body() instanceof InputStream stream) {
            close(stream);
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("not closed", e);
        }
    }
}
