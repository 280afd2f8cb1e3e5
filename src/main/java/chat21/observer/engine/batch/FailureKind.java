package chat21.observer.engine.batch;

import java.io.IOException;
import java.sql.SQLException;

import com.rabbitmq.client.ShutdownSignalException;
import org.springframework.amqp.AmqpException;

/** Tells an outage, which passes by itself, from a message that cannot be processed. */
final class FailureKind {

    private static final int COLLISIONS = 8;

    private FailureKind() {
    }

    /**
     * Whether database or broker are away. Of the database's errors only those count against the message that speak of
     * its data: SQL states 22 (data exception), 23 (constraint violation) and 54 (limit exceeded).
     */
    static boolean isOutage(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                String state = sql.getSQLState() == null ? "" : sql.getSQLState();
                return !state.startsWith("22") && !state.startsWith("23") && !state.startsWith("54");
            }
            if (t instanceof AmqpException || t instanceof ShutdownSignalException || t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether two nodes may have got in each other's way, such as by making the same conversation at the same time
     * (SQL state 23505, unique violation): then the whole batch is tried again, and finds what the other has made.
     * Deadlocks and conflicts of transactions (40P01, 40001) are outages by the rule above.
     *
     * @param attempts how often it was tried; what comes again and again is no chance meeting
     */
    static boolean mayBeCollision(Throwable thrown, int attempts) {
        if (attempts >= COLLISIONS) {
            return false;
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return "23505".equals(sql.getSQLState());
            }
        }
        return false;
    }

    /**
     * What an operator needs to read, without what the error says of the data: a database quotes the values that it does
     * not like, and message texts do not belong in the log.
     */
    static String describe(Throwable thrown) {
        Throwable t = thrown;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        if (t instanceof SQLException sql) {
            return t.getClass().getSimpleName() + " with SQL state " + sql.getSQLState();
        }
        return t instanceof IOException ? t.toString().lines().findFirst().orElse("") : t.getClass().getName();
    }
}
