package chat21.observer.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A load of events for webhooks: {@code webhooks@5} sends five direct messages a second, which the back end refuses, and every
 * five seconds one to a support group, which it wants; beside it, one endpoint takes everything and one is dead.
 */
record WebhookRate(int perSecond) {

    /** How long after a support event the next one comes. */
    static final int SECONDS_BETWEEN = 5;

    private static final Pattern FORM = Pattern.compile("webhooks@([1-9]\\d{0,3})");

    /** Reads a rate as written above; nothing if the text is none. */
    static Optional<WebhookRate> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches() ? Optional.of(new WebhookRate(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    /** The form that {@link #parse} reads. */
    @Override
    @JsonValue
    public String toString() {
        return "webhooks@" + perSecond;
    }
}
