package chat21.observer.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

class DashboardIT {

    private static final Pattern NAME = Pattern.compile("\\b(?:chat21|jvm|process|system)_[a-z0-9_]+");

    private final JsonNode dashboard = read();

    @Test
    void everyMetricOfTheDashboardIsExportedByARunningObserver() {
        Set<String> used = namesIn(dashboard);
        assertThat(used).contains("chat21_messages_received_total", "chat21_delivery_latency_seconds_bucket")
                .hasSizeGreaterThan(15);
        String user = "alice-" + UUID.randomUUID();

        try (TestObserver observer = settings().startHere();
                ChatClient client = ChatClient.connect(observer.broker(), user)) {
            client.send(user, "{\"text\":\"x\",\"attributes\":{\"projectId\":\"p\",\"ipAddress\":\"i\"}}");
            System.gc();

            await().untilAsserted(() -> assertThat(exported(observer)).containsAll(used));
        }
    }

    @Test
    void everyPanelReadsFromTheChosenDataSource() {
        assertThat(dashboard.path("panels").findValues("expr")).isNotEmpty();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.path("datasource").path("uid").textValue()).isEqualTo("${datasource}");
            }
        }
    }

    static ObserverSettings settings() {
        String nobody = "http://127.0.0.1:" + Ports.free() + "/";
        return ObserverSettings.at(TestBroker.shared())
                .set("chat21.analytics.enabled", "ANALYTICS_ENABLED", "true")
                .set("chat21.webhooks.enabled", "WEBHOOK_ENABLED", "true")
                .set("chat21.webhooks.endpoints", "WEBHOOK_ENDPOINTS", nobody)
                .set("chat21.queues.webhooks", "QUEUE_WEBHOOKS", "dashboard-" + UUID.randomUUID())
                .set("chat21.webhooks.tries", "WEBHOOK_TRIES", "1");
    }

    static Set<String> exported(TestObserver observer) {
        Set<String> names = new TreeSet<>();
        observer.management().get("metrics").body().lines().filter(line -> !line.startsWith("#"))
                .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
        return names;
    }

    private static Set<String> namesIn(JsonNode node) {
        Set<String> names = new TreeSet<>();
        for (String field : new String[] {"expr", "definition"}) {
            for (JsonNode text : node.findValues(field)) {
                Matcher matcher = NAME.matcher(text.textValue());
                while (matcher.find()) {
                    names.add(matcher.group());
                }
            }
        }
        return names;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(new File("docs/grafana-dashboard.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
