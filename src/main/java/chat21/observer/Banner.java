package chat21.observer;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

import chat21.observer.settings.Settings;
import chat21.observer.settings.address.AmqpAddress;
import chat21.observer.settings.address.Host;

/** Says where everything is once the application is ready, and what to try first. */
final class Banner {

    private final Settings settings;

    Banner(Settings settings) {
        this.settings = settings;
    }

    void print(PrintStream out) {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        String app = settings.text("chat21.app-id");
        AmqpAddress broker = settings.read("chat21.broker.uri", AmqpAddress::of);
        Host host = broker.hosts().get(0);
        String mqttPort = settings.text("chat21.mqtt.port");
        String scheme = settings.text("chat21.rest.certificate-file").isEmpty() ? "http://" : "https://";
        String rest = scheme + reachable("chat21.rest.host") + ":" + settings.text("chat21.rest.port");
        String management = "http://" + reachable("camel.management.host") + ":" + settings.text("camel.management.port");
        out.printf(Locale.ROOT, "%nchat21-camel is ready after %.1f s.%n%n", seconds);
        line(out, "AMQP", broker.shown());
        line(out, "MQTT", "mqtt://" + host.inAddress() + ":" + mqttPort);
        line(out, "MQTT, WebSocket", "ws://" + host.inAddress() + ":" + settings.text("chat21.mqtt.ws-port") + "/ws");
        line(out, "REST", rest + settings.text("chat21.rest.base"));
        if (settings.flag("chat21.demo.enabled")) {
            line(out, "Page to try it", rest + "/");
        }
        line(out, "Health", management + "/observe/health");
        line(out, "Metrics", management + "/observe/metrics");
        String at = (host.name().equals("localhost") ? "" : "-h " + host.name() + " ") + "-p " + mqttPort;
        out.printf("%nTry next, in a second and a third terminal (apt install mosquitto-clients):%n%n");
        out.printf("  mosquitto_sub %s -u JWT -P \"$(bin/token bob)\" -t 'apps/%s/users/bob/#' -v%n", at, app);
        out.printf("  mosquitto_pub %s -u JWT -P \"$(bin/token alice)\" -t apps/%s/outgoing/users/alice/messages/bob/"
                + "outgoing -m '{\"text\":\"hello bob\"}'%n%n", at, app);
        out.flush();
    }

    // Who listens on all addresses is reached at this one, too.
    private String reachable(String key) {
        String host = settings.text(key);
        boolean isAny = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::") || host.startsWith("127.");
        return isAny ? "localhost" : new Host(host, 0).inAddress();
    }

    private static void line(PrintStream out, String name, String address) {
        out.printf("  %-16s %s%n", name, address);
    }
}
