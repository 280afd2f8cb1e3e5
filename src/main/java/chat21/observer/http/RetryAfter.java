package chat21.observer.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** For how long a server wants to be left alone. */
public final class RetryAfter {

    // Request Timeout, Too Early, Too Many Requests.
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private RetryAfter() {
    }

    /** Whether a status says of a request that another try may go well. */
    public static boolean mayPass(int status) {
        return PASSING.contains(status) || status / 100 == 5;
    }

    /** What the header {@code Retry-After} says, in seconds or as a date of HTTP, in ms; 0 where it says neither. */
    public static long ms(HttpHeaders headers, Clock clock) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        try {
            long ms = value.matches("[0-9]{1,9}") ? 1_000 * Long.parseLong(value)
                    : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant().toEpochMilli() - clock.millis();
            return Math.max(0, ms);
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
