package chat21.observer.api.auth;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;

/**
 * When a token counts. Issuers write times as whole numbers, with decimals or as texts, and their clocks are some seconds
 * ahead or behind.
 */
final class TokenTimes {

    // The broker cuts off who has expired to the second; only a beginning may be ahead of us.
    private static final long SECONDS_AHEAD = 60;
    private static final int MAX_NUMBER_CHARACTERS = 30;

    private final Clock clock;
    private final boolean required;

    /** @param required whether a token must say when it expires, and must be valid already */
    TokenTimes(Clock clock, boolean required) {
        this.clock = clock;
        this.required = required;
    }

    /** Whether these claims hold now. */
    boolean hold(Map<String, Object> claims) {
        BigDecimal now = BigDecimal.valueOf(clock.millis(), 3);
        BigDecimal end = number(claims.get("exp"));
        BigDecimal beginning = number(claims.get("nbf"));
        boolean begun = beginning == null || beginning.compareTo(now.add(BigDecimal.valueOf(SECONDS_AHEAD))) <= 0;
        return end == null ? !required : end.compareTo(now) > 0 && (begun || !required);
    }

    private static BigDecimal number(Object value) {
        if (!(value instanceof Number) && !(value instanceof String)) {
            return null;
        }
        String text = value.toString().strip();
        try {
            BigDecimal number = text.length() > MAX_NUMBER_CHARACTERS ? null : new BigDecimal(text);
            // To compare what an exponent says could take all memory.
            return number == null || Math.abs((long) number.scale()) > MAX_NUMBER_CHARACTERS ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
