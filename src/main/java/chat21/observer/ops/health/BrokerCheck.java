package chat21.observer.ops.health;

import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.engine.broker.Connections;

/** Ready only while the broker is connected and takes messages. */
public final class BrokerCheck extends BackgroundCheck {

    private final Connections connections;
    private final String address;

    public BrokerCheck(Connections connections, BrokerSettings settings) {
        super("broker", "the broker at " + settings.address());
        this.connections = connections;
        this.address = settings.address();
    }

    @Override
    String problem() {
        if (!connections.areOpen()) {
            return "the broker at " + address + " cannot be reached";
        }
        return connections.isBlocked() ? "the broker at " + address + " takes nothing from publishers" : null;
    }
}
