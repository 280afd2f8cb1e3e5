package chat21.observer.faults;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of a numbered message.
 *
 * @param number    which of its sender's messages it is
 * @param messageId the id that it has
 */
public record Copy(int number, String messageId) {

    private static final Pattern NUMBER = Pattern.compile("\"text\":\"n(\\d+)\"");
    private static final Pattern ID = Pattern.compile("\"message_id\":\"([^\"]*)\"");

    /** Reads one from a message as it is on the wire or stored. */
    public static Copy of(String json) {
        Matcher number = NUMBER.matcher(json);
        Matcher id = ID.matcher(json);
        if (!number.find() || !id.find()) {
            throw new IllegalArgumentException(json);
        }
        return new Copy(Integer.parseInt(number.group(1)), id.group(1));
    }
}
