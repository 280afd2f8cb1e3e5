package chat21.observer.api.gate;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.database.Database;
import chat21.observer.settings.Settings;
import chat21.observer.settings.address.AmqpAddress;

/** Builds the gate from its settings, if it is on. */
public final class GateWiring {

    // As many as are read each second without anybody's notice.
    private static final int MAX_BANS = 10_000;

    private GateWiring() {
    }

    /** Opens the gate; it closes with the context. */
    public static void start(CamelContext context, Settings settings, TokenCheck tokens, Database database,
            ConnectionFactory broker, String exchange, MeterRegistry meters) throws Exception {
        if (!settings.flag("chat21.gate.enabled")) {
            return;
        }
        GateSettings gate = new GateSettings(settings.required("chat21.gate.host"), port(settings),
                settings.read("chat21.broker.uri", AmqpAddress::of).virtualHost(), exchange,
                settings.flag("chat21.gate.free-client-ids"), settings.number("chat21.gate.client-id-days"),
                settings.number("chat21.gate.max-client-ids"),
                settings.number("chat21.gate.max-requests"));
        ClientIds clientIds = new ClientIds(database, Clock.systemUTC(), gate, new Sessions(broker));
        Bans bans = new Bans(database, MAX_BANS, System::nanoTime);
        GateServer server = new GateServer(new Gate(tokens, clientIds, bans, gate), gate, meters);
        // At once, since what follows depends on it.
        ServiceHelper.startService(server);
        context.addService(server);
        if (!server.listens()) {
            return;
        }
        String management = settings.text("chat21.gate.management");
        if (!management.isEmpty()) {
            context.addService(new CutOff(management, settings.millis("chat21.gate.cut-off-interval-ms"), clientIds, bans,
                    Clock.systemUTC(), meters.counter("chat21.gate.cut.off")), true, true);
            context.addService(new BrokerPolicies(management, gate.virtualHost())
                    .sessions(settings.number("chat21.gate.session-max-messages"),
                            settings.number("chat21.gate.session-max-bytes"))
                    .deadLetters(settings.required("chat21.queues.dead-letters"),
                            settings.number("chat21.queues.dead-letters.max-bytes")), true, true);
        }
    }

    private static int port(Settings settings) {
        if (!settings.text("chat21.gate.port").isEmpty()) {
            return settings.number("chat21.gate.port");
        }
        int management = settings.number("camel.management.port");
        return management == 0 || management == 65_535 ? 0 : management + 1;
    }
}
