package chat21.observer.api.rest;

import java.io.IOException;
import java.io.InputStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers, counts those that are not read yet, and waits for a slow reader only so long. */
final class AnswerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);
    private static final int PART = 65_536;

    private final BytesInFlight answers;
    private final long maxPageBytes;
    private final long timeoutMs;
    private final Counter refused;
    private final Readers readers = new Readers();

    /**
     * @param answers      counts the bytes that callers have not read yet
     * @param maxPageBytes the most bytes of a page
     * @param timeoutMs    how long reading an answer, or a part of a stream, may take
     */
    AnswerWriter(BytesInFlight answers, long maxPageBytes, long timeoutMs, MeterRegistry meters) {
        this.answers = answers;
        this.maxPageBytes = maxPageBytes;
        this.timeoutMs = timeoutMs;
        this.refused = Counter.builder("chat21_rest_answer_overloads")
                .description("Answers that were not given, since too many bytes were not read yet").register(meters);
        Gauge.builder("chat21_rest_answer_bytes", answers, BytesInFlight::held)
                .description("Bytes of answers that are not read yet").register(meters);
    }

    /** Room for one answer, whose caller is not known yet. */
    AnswerRoom room() {
        return new AnswerRoom(answers, readers, maxPageBytes, refused);
    }

    /** Sends an answer; to be called on the event loop. */
    void write(RoutingContext http, Answer answer, AnswerRoom room) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            room.leave();
            close(answer);
            return;
        }
        RestServer.head(response, answer);
        if (answer.body() instanceof InputStream stream) {
            room.leave();
            response.setChunked(true);
            next(http, stream);
            return;
        }
        byte[] bytes = (byte[]) answer.body();
        room.settle(bytes.length);
        HttpConnection connection = http.request().connection();
        Runnable end = readers.begin(room, connection::close);
        long timer = http.vertx().setTimer(timeoutMs, t -> connection.close());
        RestServer.end(response, bytes).onComplete(sent -> {
            http.vertx().cancelTimer(timer);
            end.run();
            room.leave();
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
