package chat21.observer.out.analytics;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.publish.ConfirmedPublisher;
import chat21.observer.message.Payloads;
import chat21.observer.settings.Settings;
import chat21.observer.settings.address.AmqpAddress;
import chat21.observer.tls.ClientTls;

/** Builds analytics from the settings, if they are switched on, and ends what it began. */
public final class AnalyticsWiring implements AutoCloseable {

    private static final long FIRST_PAUSE_MS = 500;
    private static final long MAX_PAUSE_MS = 30_000;

    private final Analytics analytics;
    private final AnalyticsSender sender;

    /** Builds it; nothing is connected yet, and nothing here waits for the analytics broker. */
    public AnalyticsWiring(Settings settings, ClientTls tls, Payloads payloads, MeterRegistry meters) {
        if (!settings.flag("chat21.analytics.enabled")) {
            analytics = Analytics.none();
            sender = null;
            return;
        }
        BrokerSettings broker = new BrokerSettings(settings.read("chat21.analytics.broker.uri", AmqpAddress::of), tls);
        AnalyticsBuffer buffer = new AnalyticsBuffer(settings.number("chat21.analytics.buffer"), meters);
        CachingConnectionFactory connections = Connections.factory(broker, "chat21-analytics");
        sender = new AnalyticsSender(buffer, new AnalyticsBroker(connections,
                ConfirmedPublisher.from(settings, connections, "analytics", meters),
                settings.required("chat21.analytics.exchange"), payloads), FIRST_PAUSE_MS, MAX_PAUSE_MS, meters);
        analytics = Analytics.to(new Projects(payloads, settings.number("chat21.analytics.max-users")),
                buffer, Clock.systemUTC());
        sender.start();
    }

    /** What the flow tells. */
    public Analytics analytics() {
        return analytics;
    }

    @Override
    public void close() {
        if (sender != null) {
            sender.close();
        }
    }
}
