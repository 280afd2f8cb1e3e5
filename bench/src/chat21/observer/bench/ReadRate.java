package chat21.observer.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A load of readers: {@code reads@200} asks 200 times a second, whatever comes back. */
record ReadRate(int perSecond) {

    private static final Pattern FORM = Pattern.compile("reads@([1-9]\\d{0,4})");

    /** Reads a rate as written above; nothing if the text is none. */
    static Optional<ReadRate> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches() ? Optional.of(new ReadRate(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    /** The form that {@link #parse} reads. */
    @Override
    @JsonValue
    public String toString() {
        return "reads@" + perSecond;
    }
}
