package chat21.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import chat21.observer.settings.SettingsFile;

class BannerTest {

    @Test
    void theAddressesAreThoseThatTheSettingsName() {
        String banner = banner(Map.of("chat21.broker.uri", "amqp://me:secret@rabbit_mq:5673,[::1]/x", "chat21.mqtt.port", "2883",
                "chat21.mqtt.ws-port", "2675", "chat21.rest.host", "192.0.2.7", "chat21.rest.port", "9004",
                "chat21.rest.base", "/chat", "camel.management.host", "::1", "camel.management.port", "9005"));

        assertThat(banner).contains("rabbit_mq:5673, [::1]:5672\n", "mqtt://rabbit_mq:2883\n", "ws://rabbit_mq:2675/ws\n",
                "http://192.0.2.7:9004/chat\n", "http://192.0.2.7:9004/\n", "http://[::1]:9005/observe/health\n",
                "mosquitto_sub -h rabbit_mq -p 2883 -u").doesNotContain("secret", "\u001b");
    }

    @Test
    void whatListensEverywhereIsReachedOnThisMachine() {
        assertThat(banner(Map.of("chat21.rest.host", "0.0.0.0", "chat21.demo.enabled", "false")))
                .contains("http://localhost:8004/api\n", "http://localhost:8005/observe/metrics\n", "mosquitto_sub -p 1883 -u")
                .doesNotContain("Page to try it");
    }

    private static String banner(Map<String, String> settings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Banner(SettingsFile.read(Path.of("application.properties"), settings)).print(new PrintStream(out));
        return out.toString(StandardCharsets.UTF_8);
    }
}
