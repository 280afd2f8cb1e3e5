package chat21.observer.settings;

import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;

/** Which environment variables a setting is read from, as its line in {@code application.properties} says. */
final class Variables {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{env:([A-Za-z0-9_]+)");

    private final CamelContext context;

    Variables(CamelContext context) {
        this.context = context;
    }

    /** {@code (NAME)} with a blank before it, or nothing where there is none. */
    String of(String key) {
        String line = lines().getProperty(key, "");
        String names = VARIABLE.matcher(line).results().map((MatchResult match) -> match.group(1))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (" + names + ")";
    }

    /** The lines as they were written, with what overrides them. */
    Properties lines() {
        return context.getPropertiesComponent().loadProperties();
    }
}
