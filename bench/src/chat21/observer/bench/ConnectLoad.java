package chat21.observer.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A load of clients that come: {@code connects@1000} asks the gate what RabbitMQ asks it for 1,000 clients a second,
 * {@code logins@50} logs 50 MQTT clients a second in at the broker, {@code storm@2000} lets 2,000 of them come back at once when
 * the broker was away.
 */
record ConnectLoad(Kind kind, int amount) {

    enum Kind { CONNECTS, LOGINS, STORM }

    private static final Pattern FORM = Pattern.compile("(connects|logins|storm)@([1-9]\\d{0,4})");

    /** Reads a load as written above; nothing if the text is none. */
    static Optional<ConnectLoad> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches() ? Optional.of(new ConnectLoad(Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                Integer.parseInt(matcher.group(2)))) : Optional.empty();
    }

    /** The form that {@link #parse} reads. */
    @Override
    @JsonValue
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "@" + amount;
    }
}
