package chat21.observer.bench;

import java.nio.charset.StandardCharsets;

/**
 * The text inside a payload by which a copy of a message is known again: {@code b3nch:RRRR:NNNNNNNNNN}, run and number.
 *
 * <p>It is stamped and found in bytes, whatever the system under test does to the JSON around it, since a JSON parser in
 * the load would take processor time from what is measured.
 */
final class Marker {

    /** A marker that stands for no message; {@link #stamp} replaces its digits. */
    static final String BLANK = "b3nch:0000:0000000000";

    /** What {@link #find} says of a body without a marker. */
    static final long NONE = -1;

    private static final byte[] PREFIX = "b3nch:".getBytes(StandardCharsets.US_ASCII);
    private static final int RUN_DIGITS = 4;
    private static final int NUMBER_DIGITS = 10;

    private Marker() {
    }

    /** Where the marker begins in a body, or -1. */
    static int indexIn(byte[] body) {
        int last = body.length - BLANK.length();
        for (int at = 0; at <= last; at++) {
            if (body[at] == PREFIX[0] && body[at + 1] == PREFIX[1] && isPrefixAt(body, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Writes run and number over the digits of the marker that begins at an index. */
    static void stamp(byte[] body, int at, int run, int number) {
        int runAt = at + PREFIX.length;
        write(body, runAt, RUN_DIGITS, run);
        write(body, runAt + RUN_DIGITS + 1, NUMBER_DIGITS, number);
    }

    /** Run and number of a body's marker in one value, for {@link #run} and {@link #number}; {@link #NONE} without one. */
    static long find(byte[] body) {
        int at = indexIn(body);
        if (at < 0) {
            return NONE;
        }
        int runAt = at + PREFIX.length;
        return read(body, runAt, RUN_DIGITS) << 32 | read(body, runAt + RUN_DIGITS + 1, NUMBER_DIGITS);
    }

    static int run(long found) {
        return (int) (found >>> 32);
    }

    static int number(long found) {
        return (int) found;
    }

    private static boolean isPrefixAt(byte[] body, int at) {
        for (int i = 2; i < PREFIX.length; i++) {
            if (body[at + i] != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    private static void write(byte[] body, int at, int digits, int value) {
        int rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            body[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static long read(byte[] body, int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value * 10 + (body[i] - '0');
        }
        return value;
    }
}
