package chat21.observer.api.rest;

import java.io.IOException;
import java.sql.SQLException;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;

import chat21.observer.api.auth.Unauthorized;
import chat21.observer.api.group.GroupError;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** Answers what went wrong: which field and rule for the caller's mistakes, and for ours that it was ours. */
final class AnswerErrors implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerErrors.class);

    @Override
    public void process(Exchange exchange) {
        answer(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)).write(exchange);
    }

    static Answer answer(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Unauthorized) {
                return Answer.error(403, "msg", "Unauthorized.");
            }
            if (t instanceof RestError e) {
                return Answer.error(e.status(), e.getMessage());
            }
            if (t instanceof Refusal e) {
                return Answer.error(status(e.reason()), e.getMessage());
            }
            if (t instanceof GroupError e) {
                return Answer.error(status(e.kind()), e.getMessage());
            }
            if (t instanceof SQLException) {
                return ours(503, "The database does not answer; try again later.", thrown);
            }
            if (t instanceof AmqpException || t instanceof IOException) {
                return ours(503, "The broker does not answer; try again later.", thrown);
            }
        }
        return ours(500, "Something went wrong here.", thrown);
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case PAYLOAD_TOO_LARGE, QUOTA -> 413;
            case SENDER_BANNED, NOT_A_MEMBER -> 401;
            case NOT_FOUND -> 404;
            case RATE_LIMITED -> 429;
            case PROCESSING_FAILED -> 500;
            default -> 400;
        };
    }

    private static int status(GroupError.Kind kind) {
        return switch (kind) {
            case UNKNOWN -> 404;
            case NOT_ALLOWED -> 401;
            case ID_IN_USE -> 409;
            case ALREADY_A_MEMBER -> 405;
            case TOO_LARGE -> 413;
            case TOO_MUCH -> 429;
            case BUSY -> 503;
        };
    }

    private static Answer ours(int status, String text, Throwable thrown) {
        LOG.warn("A request is answered with {}: {}", status, String.valueOf(thrown).lines().findFirst().orElse(""));
        LOG.debug("The error was", thrown);
        return Answer.error(status, text);
    }
}
