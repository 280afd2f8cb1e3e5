package chat21.observer.settings;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much of this application's own is logged; what libraries say stays as {@code logback.xml} has it. */
public final class LogLevel {

    private LogLevel() {
    }

    public static void set(String level) {
        ((Logger) LoggerFactory.getLogger("chat21")).setLevel(Level.toLevel(level));
    }
}
