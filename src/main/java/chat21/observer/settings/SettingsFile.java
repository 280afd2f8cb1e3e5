package chat21.observer.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.impl.DefaultCamelContext;

/** Reads the settings of a file as the application does, for commands that do not run its routes. */
public final class SettingsFile {

    private SettingsFile() {
    }

    /** The settings of a file, some of them overridden. */
    public static Settings read(Path file, Map<String, String> overrides) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.getPropertiesComponent().setLocation("file:" + file);
        Properties properties = new Properties();
        properties.putAll(overrides);
        context.getPropertiesComponent().setOverrideProperties(properties);
        context.build();
        return new Settings(context);
    }
}
