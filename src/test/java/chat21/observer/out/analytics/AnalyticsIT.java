package chat21.observer.out.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

class AnalyticsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IN_PROJECT = ",\"attributes\":{\"projectId\":\"p1\"}";

    private final String name = "analytics-" + UUID.randomUUID();
    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @Test
    void messagesReceiptsAndPresenceAreToldUnderTheirKeys() throws Exception {
        try (AmqpClient consumer = AmqpClient.at(TestBroker.shared())) {
            bindQueue(consumer);
            try (TestObserver observer = settings(TestBroker.shared().amqpUri()).startHere();
                    ChatClient sender = ChatClient.connect(observer.broker(), alice);
                    ChatClient recipient = ChatClient.of(bob).cuttable().connect(observer.broker())) {
                sender.send(bob, "{\"text\":\"nobody's\"}");
                sender.send(bob, "{\"text\":\"hello\"" + IN_PROJECT + "}");
                JsonNode told = next(consumer, "analytics.message.delivered");
                String id = recipient.awaitMessage(alice, "hello").json().path("message_id").textValue();
                assertThat(told.path("id_project").textValue()).isEqualTo("p1");
                assertThat(Instant.parse(told.path("timestamp").textValue())).isBeforeOrEqualTo(Instant.now());
                assertThat(told.path("payload").path("id_message").textValue()).isEqualTo(id);

                recipient.sendReceipt(alice, id);
                JsonNode receipt = next(consumer, "analytics.message.return_receipt").path("payload");
                assertThat(receipt.path("id_message").textValue()).isEqualTo(id);
                assertThat(receipt.path("recipient_id").textValue()).isEqualTo(bob);
                assertThat(receipt.path("id_request").textValue()).isEqualTo(alice);

                sender.send("group-" + bob, "{\"text\":\"all\",\"group\":{\"members\":{\"" + bob + "\":1,\"carol\":1}}"
                        + IN_PROJECT + "}");
                JsonNode group = next(consumer, "analytics.message.delivered").path("payload");
                assertThat(group.path("channel_type").textValue()).isEqualTo("group");

                recipient.loseConnection();
                JsonNode presence = next(consumer, "analytics.user.presence_changed");
                assertThat(presence.path("id_project").textValue()).isEqualTo("p1");
                assertThat(presence.path("payload").path("user_id").textValue()).isEqualTo(bob);
                assertThat(presence.path("payload").path("status").textValue()).isEqualTo("offline");
                assertThat(consumer.ready(name)).isZero();
            }
            consumer.delete(name);
        }
    }

    @Test
    void chatStartsAndGoesOnWhileTheAnalyticsBrokerIsAway() {
        chatsWithAnalyticsAt("amqp://guest:guest@127.0.0.1:" + Ports.free());
    }

    @Test
    void chatStartsAndGoesOnWhileTheAnalyticsBrokerAnswersNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            chatsWithAnalyticsAt("amqp://guest:guest@127.0.0.1:" + mute.getLocalPort());
        }
    }

    private void chatsWithAnalyticsAt(String uri) {
        try (TestObserver observer = settings(uri).set("chat21.analytics.buffer", "ANALYTICS_BUFFER", "2").startHere();
                ChatClient sender = ChatClient.connect(observer.broker(), alice);
                ChatClient recipient = ChatClient.connect(observer.broker(), bob)) {
            for (int i = 0; i < 10; i++) {
                sender.send(bob, "{\"text\":\"" + i + "\"" + IN_PROJECT + "}");
            }

            recipient.awaitMessage(alice, "9");
            org.awaitility.Awaitility.await().untilAsserted(() ->
                    assertThat(observer.management().metric("chat21_analytics_events_dropped_total")).isPositive());
            assertThat(observer.management().isReady()).isTrue();
        }
    }

    private ObserverSettings settings(String uri) {
        return ObserverSettings.at(TestBroker.shared())
                .set("chat21.analytics.enabled", "ANALYTICS_ENABLED", "true")
                .set("chat21.analytics.exchange", "ANALYTICS_EXCHANGE", name)
                .set("chat21.analytics.broker.uri", "ANALYTICS_RABBITMQ_URI", uri)
                .set("chat21.presence.enabled", "PRESENCE_ENABLED", "true");
    }

    private void bindQueue(AmqpClient consumer) throws Exception {
        try (Channel channel = consumer.connection().createChannel()) {
            channel.exchangeDeclare(name, "topic", true);
            channel.queueDeclare(name, false, false, false, Map.of());
            channel.queueBind(name, name, "analytics.#");
        }
    }

    private JsonNode next(AmqpClient consumer, String key) throws Exception {
        GetResponse got = consumer.awaitNext(name);
        JsonNode json = JSON.readTree(got.getBody());
        assertThat(got.getEnvelope().getRoutingKey()).as(json.toString()).isEqualTo(key);
        assertThat("analytics." + json.path("event_type").textValue()).isEqualTo(key);
        assertThat(json.path("source_service").textValue()).isEqualTo("c21srv");
        assertThat(json.path("event_version").textValue()).isEqualTo("1.0");
        return json;
    }
}
