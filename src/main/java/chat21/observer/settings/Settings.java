package chat21.observer.settings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.apache.camel.CamelContext;

/**
 * Reads the settings of {@code application.properties}, and says in one sentence what is wrong with a value. What each must
 * be stands in {@link Rules}.
 */
public final class Settings {

    private final CamelContext context;
    private final Variables variables;

    public Settings(CamelContext context) {
        this.context = context;
        this.variables = new Variables(context);
    }

    /**
     * A text, without the white space around it.
     *
     * @throws WrongSetting if it is missing or not what it must be
     */
    public String text(String key) {
        String value = unchecked(key);
        Rule rule = Rules.all().get(key);
        if (rule == null) {
            throw new IllegalStateException("There is no rule for the setting " + key + ": add it to Rules.");
        }
        try {
            rule.check(value);
        } catch (IllegalArgumentException e) {
            throw wrong(key, e.getMessage());
        }
        return value;
    }

    private String unchecked(String key) {
        try {
            return context.resolvePropertyPlaceholders("{{" + key + "}}").strip();
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(key, "is missing from application.properties");
        }
    }

    /** Says what is wrong with a setting, with the environment variable that sets it. */
    public WrongSetting wrong(String key, String problem) {
        return new WrongSetting(key + variables.of(key), problem);
    }

    /** A text that may not be empty. */
    public String required(String key) {
        String value = text(key);
        if (value.isEmpty()) {
            throw wrong(key, "must not be empty");
        }
        return value;
    }

    /** A whole number; its bounds stand in {@link Rules}. */
    public int number(String key) {
        return Math.toIntExact(millis(key));
    }

    /** A length of time in ms; its bounds stand in {@link Rules}. */
    public long millis(String key) {
        return Long.parseLong(text(key));
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** The elements of a comma list; none for an empty text. */
    public List<String> list(String key) {
        return Arrays.stream(text(key).split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    /** What a text stands for, as its rule reads it. */
    public <T> T read(String key, Function<String, T> reader) {
        return reader.apply(text(key));
    }
}
