package chat21.observer.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

class MetricsIT {

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared())
            .set("chat21.metrics.max-label-values", "METRICS_MAX_LABEL_VALUES", "2")
            .set("chat21.metrics.queue-interval-ms", "METRICS_QUEUE_INTERVAL_MS", "100")
            .set("chat21.warm-up-ms", "WARM_UP_MS", "1000");
    private TestObserver observer;
    private ChatClient sender;

    @BeforeEach
    void start() {
        observer = settings.startHere();
        sender = ChatClient.connect(observer.broker(), alice);
    }

    @AfterEach
    void stop() {
        sender.close();
        observer.close();
    }

    @Test
    void whatWarmsTheFlowUpIsSeenNowhere() throws Exception {
        observer.close();
        Logger logger = (Logger) LoggerFactory.getLogger("chat21.observer.WarmUp");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared()); Channel channel = amqp.connection().createChannel()) {
            String everything = channel.queueDeclare().getQueue();
            channel.queueBind(everything, "amq.topic", "#");
            observer = settings.startHere();

            assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
                    .anySatisfy(line -> assertThat(line).matches("Warmed up with [1-9]\\d* batches"));
            for (String table : List.of("message", "timeline", "conversation", "presence")) {
                assertThat(observer.database().number("select count(*) from " + table + " where app_id like 'warm-up%'"))
                        .as(table).isZero();
            }
            for (String counter : List.of("chat21_messages_received", "chat21_messages_stored", "chat21_copies_delivered",
                    "chat21_messages_refused", "chat21_step_exchanges_total{route=\"commit-batch\"", "chat21_step_failures")) {
                assertThat(metric(counter)).as(counter).isZero();
            }
            assertThat(observer.deadLetters()).isZero();
            for (GetResponse got = channel.basicGet(everything, true); got != null; got = channel.basicGet(everything, true)) {
                assertThat(got.getEnvelope().getRoutingKey()).doesNotContain("warm-up");
            }
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void messagesCountUnderTheNamesOfChat21ServerWithBoundedLabels() {
        for (int i = 1; i <= 5; i++) {
            sender.send(bob, "{\"text\":\"" + i + "\",\"attributes\":{\"projectId\":\"p" + i
                    + "\",\"ipAddress\":\"10.0.0.1\"}}");
        }

        await().untilAsserted(() -> assertThat(metric("chat21_messages_per_topic_total{topic=\"outgoing\"}"))
                .isEqualTo(5));
        assertThat(metric("chat21_messages_per_project_total{project_id=\"p1\"}")).isEqualTo(1);
        assertThat(metric("chat21_messages_per_project_total{project_id=\"other\"}")).isEqualTo(3);
        assertThat(metric("chat21_messages_per_ip_total{ip_address=\"10.0.0.1\"}")).isEqualTo(5);
        assertThat(metric("chat21_messages_per_project_ip_total{ip_address=\"10.0.0.1\",project_id=\"p2\"}"))
                .isEqualTo(1);
        assertThat(metric("chat21_messages_per_project_ip_total{ip_address=\"other\",project_id=\"other\"}"))
                .isEqualTo(3);
    }

    @Test
    void receiptsAreCountedAndNothingStaysPending() {
        sender.send(alice, "{\"text\":\"one\"}");
        String id = sender.awaitMessage(alice, "one").json().path("message_id").textValue();
        try (ChatClient recipient = ChatClient.connect(observer.broker(), bob)) {
            sender.send(bob, "{\"text\":\"two\"}");
            String second = recipient.awaitMessage(alice, "two").json().path("message_id").textValue();
            recipient.sendReceipt(alice, second);
            sender.sendReceipt(alice, id);
        }

        await().untilAsserted(() -> assertThat(metric("chat21_receipts_total")).isEqualTo(1));
        await().untilAsserted(() -> assertThat(metric("chat21_messages_refused_total{reason=\"own-message\"}"))
                .isEqualTo(1));
        await().untilAsserted(() -> assertThat(metric("chat21_pending_acknowledgements")).isZero());
    }

    @Test
    void theDepthOfTheDeadLettersShows() {
        await().untilAsserted(() -> assertThat(metric("chat21_queue_messages{queue=\"dead-letters\"}")).isZero());

        sender.send(bob, "not JSON");

        await().untilAsserted(() -> assertThat(metric("chat21_queue_messages{queue=\"dead-letters\"}")).isEqualTo(1));
    }

    @Test
    void theOldPathAnswersAsTheNewOneDoes() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + settings.managementPort() + "/metrics")).build();

        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/plain"));
        assertThat(response.body()).contains("chat21_messages_received_total ", "jvm_memory_used_bytes{");
    }

    private double metric(String beginning) {
        return observer.management().metric(beginning);
    }
}
