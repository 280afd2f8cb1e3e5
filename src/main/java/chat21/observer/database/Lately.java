package chat21.observer.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What the database said a moment ago. Who asks when it is a second old reads it anew, and who comes meanwhile waits for that. */
public final class Lately<T> {

    private static final long FRESH_NS = Duration.ofSeconds(1).toNanos();

    private final Reading<T> reading;
    private final LongSupplier nanos;
    private boolean isRead;
    private T value;
    private long readAt;

    /** Asks the database. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws SQLException;
    }

    /** @param nanos a clock that never goes back, in ns */
    public Lately(Reading<T> reading, LongSupplier nanos) {
        this.reading = reading;
        this.nanos = nanos;
    }

    /** @throws SQLException while it cannot be known */
    public synchronized T get() throws SQLException {
        long now = nanos.getAsLong();
        if (!isRead || now - readAt > FRESH_NS) {
            value = reading.read();
            readAt = now;
            isRead = true;
        }
        return value;
    }
}
