package chat21.observer.settings;

import java.util.List;
import java.util.Set;

import org.apache.camel.spi.PropertiesComponent;

/** Which queues this process consumes; the others are left to other processes with the same configuration. */
public final class ActiveQueues {

    /** What clients say. */
    public static final String MESSAGES = "messages";
    /** What back ends want stored. */
    public static final String PERSIST = "persist";
    /** What other systems are told. */
    public static final String WEBHOOKS = "webhooks";

    private static final String KEY = "chat21.active-queues";

    private final Set<String> active;

    private ActiveQueues(Set<String> active) {
        this.active = active;
    }

    /** Reads the comma list; {@code none} stands for no queue at all. */
    public static ActiveQueues from(Settings settings) {
        return of(settings.list(KEY));
    }

    static ActiveQueues of(List<String> names) {
        if (names.equals(List.of("none"))) {
            return new ActiveQueues(Set.of());
        }
        return new ActiveQueues(Set.copyOf(names));
    }

    /** Whether this process consumes that queue. */
    public boolean has(String name) {
        return active.contains(name);
    }

    /** Whether this process consumes nothing at all. */
    public boolean isNone() {
        return active.isEmpty();
    }

    /** Lets the routes of that queue start by themselves if this process consumes it. */
    public void tellRoutes(PropertiesComponent properties, String name) {
        tellRoutes(properties, name, has(name));
    }

    /** Lets a route start by itself, or not, with {@code autoStartup: "{{chat21.active.NAME}}"}. */
    public static void tellRoutes(PropertiesComponent properties, String name, boolean start) {
        properties.addOverrideProperty("chat21.active." + name, String.valueOf(start));
    }
}
