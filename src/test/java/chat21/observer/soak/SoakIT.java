package chat21.observer.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.BrokerConnections;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;

/** Very many messages through the application as it runs in production: what it takes must not grow with them. */
@EnabledIfSystemProperty(named = "soak.messages", matches = "\\d+", disabledReason = "bin/test --soak runs it")
class SoakIT {

    private static final int MESSAGES = Integer.getInteger("soak.messages", 0);
    /** The JVM has not compiled and loaded all before that. */
    private static final int WARM = Math.min(MESSAGES / 2, Math.max(MESSAGES / 10, 20_000));
    private static final int USERS = 50;
    private static final int GROUP_EVERY = 20;
    private static final int MEMBERS = 10;
    private static final int WAITING = 2_000;
    private static final long MAX_RESIDENT_MB = 512;
    private static final int HTTP_WORKERS = 20;

    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final TestBroker broker = TestBroker.shared();
    private final ObserverSettings settings = ObserverSettings.at(broker).asInProduction();

    @Test
    void whatTheObserverTakesDoesNotGrowWithItsMessages() throws Exception {
        Sample warm = null;
        Sample last;
        try (ObserverProcess observer = settings.startProcess().awaitReady(); AmqpClient amqp = AmqpClient.at(broker)) {
            BrokerConnections connections = new BrokerConnections(broker);
            fillWorkers(observer);
            try (Channel channel = amqp.connection().createChannel()) {
                channel.confirmSelect();
                for (int i = 1; i <= MESSAGES; i++) {
                    send(channel, i);
                    if (i % 500 == 0) {
                        channel.waitForConfirmsOrDie(Patience.seconds(60).toMillis());
                        awaitTaken(amqp, WAITING);
                    }
                    if (i == WARM || i % Math.max(1, MESSAGES / 10) == 0) {
                        awaitTaken(amqp, 0);
                        last = Sample.take(i, observer.pid(), observer.management(), connections);
                        System.out.println("[SOAK] " + last);
                        warm = i == WARM ? last : warm;
                    }
                }
                channel.waitForConfirmsOrDie(Patience.seconds(60).toMillis());
                awaitTaken(amqp, 0);
                last = Sample.take(MESSAGES, observer.pid(), observer.management(), connections);
            }
            assertThat(observer.management().metric("chat21_messages_refused_total")).isZero();
            observer.terminate();
        }
        assertThat(last.residentMb()).isLessThanOrEqualTo(MAX_RESIDENT_MB)
                .isLessThanOrEqualTo(Math.round(warm.residentMb() * 1.1));
        assertThat(last.connections()).isEqualTo(warm.connections());
        assertThat(last.channels()).isEqualTo(warm.channels());
        assertThat(last.threads()).isLessThanOrEqualTo(warm.threads() + 2);
        assertTables();
    }

    // The pool of the HTTP server gets a thread with each request until it has all of them.
    private static void fillWorkers(ObserverProcess observer) {
        for (int i = 0; i < 2 * HTTP_WORKERS; i++) {
            observer.management().isReady();
        }
    }

    private void assertTables() {
        TestDatabase database = settings.database();
        int groups = MESSAGES / GROUP_EVERY;
        assertThat(database.number("select count(*) from message")).isEqualTo(MESSAGES);
        assertThat(database.number("select count(*) from timeline"))
                .isEqualTo(2L * (MESSAGES - groups) + (MEMBERS + 2L) * groups);
        assertThat(database.number("select count(*) from conversation")).isLessThanOrEqualTo(USERS * (MEMBERS + 4L));
        assertThat(database.number("select count(*) from stored_batch")).isLessThan(5_000);
        for (String other : new String[] {"chat_group", "group_member", "block", "app_ban", "connected_client", "presence",
            "client_message", "instance"}) {
            assertThat(database.number("select count(*) from " + other)).as(other).isZero();
        }
        System.out.println("[SOAK] stored_batch holds " + database.number("select count(*) from stored_batch"));
    }

    private void send(Channel channel, int number) throws Exception {
        String sender = "u" + number % USERS;
        boolean toGroup = number % GROUP_EVERY == 0;
        String recipient = toGroup ? "group-" + number % USERS : "u" + (number + 1) % USERS;
        StringBuilder json = new StringBuilder("{\"text\":\"message ").append(number).append('"');
        if (toGroup) {
            json.append(",\"channel_type\":\"group\",\"group\":{\"members\":{");
            for (int i = 0; i < MEMBERS; i++) {
                json.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":1");
            }
            json.append("}}");
        }
        channel.basicPublish("amq.topic", "apps." + app + ".outgoing.users." + sender + ".messages." + recipient
                + ".outgoing", MessageProperties.PERSISTENT_BASIC, json.append('}').toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void awaitTaken(AmqpClient amqp, int left) {
        await("messages are taken").atMost(Patience.seconds(300)).pollInterval(Duration.ofMillis(50))
                .until(() -> amqp.ready(settings.messagesQueue()) <= left);
    }
}
