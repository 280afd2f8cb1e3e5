package chat21.observer.settings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.apache.camel.CamelContext;

/** Reads the settings of {@code application.properties}, and says in one sentence what is wrong with a value. */
public final class Settings {

    private final CamelContext context;

    public Settings(CamelContext context) {
        this.context = context;
    }

    /**
     * A text, without the white space around it.
     *
     * @throws WrongSetting if it is missing
     */
    public String text(String key) {
        try {
            return context.resolvePropertyPlaceholders("{{" + key + "}}").strip();
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(key, "is missing from application.properties");
        }
    }

    /** A text that may not be empty. */
    public String required(String key) {
        String value = text(key);
        if (value.isEmpty()) {
            throw new WrongSetting(key, "must not be empty");
        }
        return value;
    }

    /** A whole number within bounds, both included. */
    public int number(String key, int min, int max) {
        return (int) longNumber(key, min, max);
    }

    /** A length of time in ms. */
    public long millis(String key, long min, long max) {
        return longNumber(key, min, max);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new WrongSetting(key, "must be true or false, but is '" + text(key) + "'");
        };
    }

    /** The elements of a comma list; none for an empty text. */
    public List<String> list(String key) {
        return Arrays.stream(text(key).split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    /**
     * What a text that is not empty stands for.
     *
     * @param reader throws an IllegalArgumentException whose message goes on after the name of the setting
     */
    public <T> T read(String key, Function<String, T> reader) {
        String value = required(key);
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(key, e.getMessage());
        }
    }

    private long longNumber(String key, long min, long max) {
        String value = text(key);
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the bounds.
        }
        throw new WrongSetting(key, "must be a whole number from " + min + " to " + max + ", but is '" + value + "'");
    }
}
