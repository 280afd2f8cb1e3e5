package chat21.observer;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;

import chat21.observer.database.Database;
import chat21.observer.ops.routefiles.Surroundings;
import chat21.observer.settings.Settings;
import chat21.observer.tls.ClientTls;

/** Everything that files of routes may name, made as for the application, but with no broker and no database to ask. */
public final class RouteNames implements AutoCloseable {

    private static final Map<String, String> ALONE = Map.of(
            "chat21.broker.uri", "amqp://guest:guest@localhost",
            "chat21.analytics.enabled", "false",
            "chat21.database.url", "jdbc:h2:mem:",
            "chat21.database.user", "chat21",
            "chat21.database.password", "");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Database database;
    private final Parts parts;

    /** @param file where the settings are */
    public RouteNames(String file) {
        context.disableJMX();
        context.getPropertiesComponent().setLocation("file:" + file);
        Properties alone = new Properties();
        alone.putAll(new HashMap<>(ALONE));
        context.getPropertiesComponent().setOverrideProperties(alone);
        context.build();
        DatabaseWiring opening = new DatabaseWiring(new Settings(context));
        database = opening.open();
        parts = Parts.of(context, Clock.systemUTC(), ClientTls.usual(), database, opening.transactions(database),
                new SimpleMeterRegistry());
    }

    public Surroundings surroundings() {
        return new Surroundings(context, parts.components(), FlowWiring.ENTRANCES);
    }

    @Override
    public void close() {
        context.stop();
        parts.close();
        database.close();
    }
}
