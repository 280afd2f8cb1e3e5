package chat21.observer;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

import chat21.observer.address.AmqpAddress;
import chat21.observer.settings.Settings;

/** Says where everything is once the application is ready, and what to try first. */
final class Banner {

    private final Settings settings;

    Banner(Settings settings) {
        this.settings = settings;
    }

    void print(PrintStream out) {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        String app = settings.text("chat21.app-id");
        String mqttPort = settings.text("chat21.mqtt.port");
        String management = "http://localhost:" + settings.text("camel.management.port");
        out.printf(Locale.ROOT, "%nchat21-camel is ready after %.1f s.%n%n", seconds);
        line(out, "AMQP", settings.read("chat21.broker.uri", AmqpAddress::of).shown());
        line(out, "MQTT", "mqtt://localhost:" + mqttPort);
        line(out, "MQTT, WebSocket", "ws://localhost:" + settings.text("chat21.mqtt.ws-port") + "/ws");
        line(out, "REST", "http://localhost:" + settings.text("chat21.rest.port")
                + settings.text("chat21.rest.base"));
        if (settings.flag("chat21.demo.enabled")) {
            line(out, "Page to try it", "http://localhost:" + settings.text("chat21.rest.port") + "/");
        }
        line(out, "Health", management + "/observe/health");
        line(out, "Metrics", management + "/observe/metrics");
        out.printf("%nTry next, in a second and a third terminal (apt install mosquitto-clients):%n%n");
        out.printf("  mosquitto_sub -p %s -u JWT -P \"$(bin/token bob)\" -t 'apps/%s/users/bob/#' -v%n", mqttPort, app);
        out.printf("  mosquitto_pub -p %s -u JWT -P \"$(bin/token alice)\" -t apps/%s/outgoing/users/alice/messages/bob/"
                + "outgoing -m '{\"text\":\"hello bob\"}'%n%n", mqttPort, app);
        out.flush();
    }

    private static void line(PrintStream out, String name, String address) {
        out.printf("  %-16s %s%n", name, address);
    }
}
