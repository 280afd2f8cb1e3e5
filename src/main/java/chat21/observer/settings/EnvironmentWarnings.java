package chat21.observer.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of environment variables that do nothing: those of a chat21-server deployment that have no use here, and names
 * that look like a misspelt one. It says what to do, and never tells a value.
 */
public final class EnvironmentWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentWarnings.class);
    private static final Pattern READ_BY_A_SETTING = Pattern.compile("\\{\\{env:([A-Z0-9_]+)");
    // What the scripts read, and the JVM.
    private static final Set<String> OF_SCRIPTS = Set.of("BROKER_DATA", "BROKER_AMQP_PORT", "BROKER_MANAGEMENT_PORT",
            "BROKER_METRICS_PORT", "BROKER_DIST_PORT", "BROKER_EPMD_PORT", "RABBITMQ_SBIN", "HAWTIO_PORT", "HAWTIO_DATA",
            "PLUGINS_DIR", "JAVA_OPTS", "JAVA_HOME");

    // In this order: the first that fits says what to do.
    private static final List<Useless> USELESS = List.of(
            new Useless("MONGODB_URI|MONGO_URI|DATABASE_URI", "messages are stored in H2 or PostgreSQL here. Unset it, "
                    + "and set DATABASE_URL to a JDBC URL if the embedded H2 is not enough"),
            new Useless("(CHAT21OBSERVER_|CHAT21HTTP_)?(CACHE|REDIS)_.*", "nothing is cached outside the process, so no Redis is needed. Unset it"),
            new Useless("BUCKET_(WH|BLK)_.*", "only messages are limited, with BUCKET_MSG_CAPACITY and "
                    + "BUCKET_MSG_REFILL_RATE_PER_MIN. Unset it"),
            new Useless("AUTO_RESTART|AUTORESTART", "the connection to the broker always comes back. Unset it"),
            new Useless("DURABLE_ENABLED", "queues are always durable. Unset it"),
            new Useless("PORT", "the REST API listens on REST_PORT. Set that"),
            new Useless("(KEY|CERT)_PEM", "the REST API takes files. Set REST_KEY_FILE and REST_CERTIFICATE_FILE, or put a proxy in front"),
            new Useless("NODE_TLS_REJECT_UNAUTHORIZED", "certificates are always checked. Set TLS_CA_FILE to a file "
                    + "with those of your own authority"),
            new Useless("NODE_EXTRA_CA_CERTS", "that is TLS_CA_FILE here. Set that"),
            new Useless("FIREBASE_APIKEY", "a service account needs none. Unset it"),
            new Useless("(WEB|MOBILE)_CLICK_ACTION", "notes say what they are about, and the application decides what a tap "
                    + "on them opens. Unset it"),
            new Useless("PUSH_WH_NOTIFY_URL", "events that come to …/push/webhook/endpoint/… are pushed here, without a "
                    + "second call. Unset it"));

    private final Set<String> known;

    /** @param known the names that have an effect */
    EnvironmentWarnings(Set<String> known) {
        this.known = known;
    }

    /** Logs a warning for each variable that does nothing; known are those that the file of settings reads. */
    public static void log(Path settings, Map<String, String> environment) {
        try {
            Set<String> known = namesIn(Files.readString(settings));
            known.addAll(OF_SCRIPTS);
            new EnvironmentWarnings(known).warnings(environment.keySet()).forEach(LOG::warn);
        } catch (IOException e) {
            LOG.debug("The environment was not checked", e);
        }
    }

    /** The names that settings read. */
    static Set<String> namesIn(String settings) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = READ_BY_A_SETTING.matcher(settings);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** One sentence for each name that does nothing though somebody seems to think so, in alphabetical order. */
    List<String> warnings(Set<String> names) {
        Map<String, String> warnings = new TreeMap<>();
        for (String name : names) {
            if (!known.contains(name)) {
                whyUseless(name).or(() -> whatWasMeant(name)).ifPresent(text ->
                        warnings.put(name, "The environment variable " + name + " has no effect: " + text + "."));
            }
        }
        return new ArrayList<>(warnings.values());
    }

    private static Optional<String> whyUseless(String name) {
        return USELESS.stream().filter(u -> u.names.matcher(name).matches()).map(Useless::whatToDo).findFirst();
    }

    private Optional<String> whatWasMeant(String name) {
        return Slips.closest(name, known)
                .map(right -> "there is " + right + ", which may be what was meant");
    }

    private record Useless(Pattern names, String whatToDo) {
        Useless(String names, String whatToDo) {
            this(Pattern.compile(names), whatToDo);
        }
    }
}
