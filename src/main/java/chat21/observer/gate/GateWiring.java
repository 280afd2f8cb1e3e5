package chat21.observer.gate;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.address.AmqpAddress;
import chat21.observer.auth.TokenCheck;
import chat21.observer.settings.FreePort;
import chat21.observer.settings.Settings;
import chat21.observer.settings.WrongSetting;
import chat21.observer.store.Database;

/** Builds the gate from its settings, if it is on. */
public final class GateWiring {

    private static final Logger LOG = LoggerFactory.getLogger(GateWiring.class);

    private GateWiring() {
    }

    /** Opens the gate; it closes with the context. */
    public static void start(CamelContext context, Settings settings, TokenCheck tokens, Database database,
            String exchange, MeterRegistry meters) throws Exception {
        if (!settings.flag("chat21.gate.enabled")) {
            return;
        }
        GateSettings gate = new GateSettings(settings.required("chat21.gate.host"), port(settings),
                settings.read("chat21.broker.uri", AmqpAddress::of).virtualHost(), exchange,
                settings.flag("chat21.gate.free-client-ids"), settings.number("chat21.gate.client-id-days"),
                settings.number("chat21.gate.max-client-ids"),
                settings.number("chat21.gate.max-requests"));
        try {
            FreePort.check("chat21.gate.port", "GATE_PORT", gate.host(), gate.port());
        } catch (WrongSetting e) {
            // Another node on this machine may answer there just as well.
            LOG.warn("The broker is not answered here: {}", e.getMessage());
            return;
        }
        ClientIds clientIds = new ClientIds(database, Clock.systemUTC(), gate);
        context.addService(new GateServer(new Gate(tokens, clientIds, database, gate), gate, meters), true, true);
        String management = settings.text("chat21.gate.management");
        if (!management.isEmpty()) {
            context.addService(new CutOff(management, settings.millis("chat21.gate.cut-off-interval-ms"), clientIds, database,
                    Clock.systemUTC(), meters.counter("chat21.gate.cut.off")), true, true);
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
