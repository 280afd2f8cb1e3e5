package chat21.observer.health;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.broker.BrokerSettings;
import chat21.observer.broker.Connections;

/** Ready only while the broker is connected and takes messages. */
public final class BrokerCheck extends AbstractHealthCheck {

    private final Connections connections;
    private final BrokerSettings settings;

    public BrokerCheck(Connections connections, BrokerSettings settings) {
        super("chat21", "broker");
        this.connections = connections;
        this.settings = settings;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (connections.areOpen() && connections.isBlocked()) {
            builder.message("the broker at " + settings.address() + " takes nothing from publishers").down();
        } else if (connections.areOpen()) {
            builder.up();
        } else {
            builder.message("the broker at " + settings.address() + " cannot be reached").down();
        }
    }
}
