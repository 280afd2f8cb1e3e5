package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.rabbitmq.client.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.protocol.Kind;
import chat21.observer.testing.BrokerConnections;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.Management;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What becomes of messages when the broker dies, cuts connections or takes nothing from publishers. */
class BrokerFaultsIT {

    private final TestBroker broker = TestBroker.shared();
    private ObserverSettings settings;
    private TestObserver observer;
    private Traffic traffic;

    @BeforeEach
    void start() {
        // Whoever connects again goes past the host that is not there; each binding that a test removes is waited for.
        settings = ObserverSettings.at(broker).set("chat21.health.stuck-after-ms", "HEALTH_STUCK_AFTER_MS", "1000")
                .set("chat21.broker.uri", "RABBITMQ_URI", broker.amqpUri().replace("@", "@127.0.0.1:1,"))
                .set("chat21.broker.watch-interval-ms", "BROKER_WATCH_INTERVAL_MS", "1000");
        observer = settings.startHere();
        traffic = Traffic.start(broker, observer.database());
    }

    @AfterEach
    void stop() {
        traffic.close();
        observer.close();
    }

    @Test
    void aBrokerThatIsKilledAndComesBackLosesNothing() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            broker.kill();
            observer.management().awaitNotReady();
            await().untilAsserted(() -> assertThat(observer.management().get("health/ready").body())
                    .contains("cannot be reached: Connection refused"));
            Fault.last();
            broker.restart();
            Fault.assertBackToNormal("the broker is there again", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
    }

    @Test
    void connectionsThatTheBrokerCutsOneByOneLoseNothing() {
        BrokerConnections connections = new BrokerConnections(broker);
        for (int round = 0; round < Faults.ROUNDS; round++) {
            for (String name : List.of("chat21-receive", "chat21-consume", "chat21-publish")) {
                traffic.awaitMore(Faults.randomCount());
                connections.cut(name);
                Fault.assertBackToNormal(name + " was cut", traffic, observer.management());
            }
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
    }

    @Test
    void aBrokerThatIsShortOfMemoryHoldsMessagesBackAndLosesNone() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            int taken = traffic.accepted();
            try {
                broker.control("set_vm_memory_high_watermark", "0.0001");
                observer.management().awaitNotReady();
                Fault.last();
            } finally {
                broker.control("set_vm_memory_high_watermark", "0.4");
            }
            Fault.assertBackToNormal("the broker has memory again", traffic, observer.management());
            assertThat(traffic.accepted()).isGreaterThan(taken);
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
        // Nobody crashed, so nobody had to be told twice.
        await().during(Duration.ofMillis(500)).until(() -> traffic.doubledCopies() == 0);
    }

    @Test
    void aGroupIsAnnouncedOnceThoughItsNodeIsKilledAfterStoringItAndBeforeTheBrokerTookIt() throws Exception {
        ObserverSettings settings = ObserverSettings.at(broker);
        String group = "group-" + UUID.randomUUID();
        HttpClient http = HttpClient.newHttpClient();
        try (ChatClient bob = ChatClient.connect(broker, "bob-" + group)) {
            try (ObserverProcess node = settings.startProcess().awaitReady()) {
                try {
                    broker.control("set_vm_memory_high_watermark", "0.0001");
                    node.management().awaitNotReady();
                    CompletableFuture<HttpResponse<String>> created = http.sendAsync(
                            request(settings, "").POST(BodyPublishers.ofString("{\"group_name\":\"G\",\"group_id\":\"" + group
                                    + "\",\"group_members\":{\"bob-" + group + "\":1}}")).build(), BodyHandlers.ofString());
                    await("stored").until(() -> http.send(request(settings, "/" + group).build(), BodyHandlers.ofString())
                            .statusCode() == 200);
                    assertThat(created).as("still waits for the broker").isNotDone();
                    node.kill();
                } finally {
                    broker.control("set_vm_memory_high_watermark", "0.4");
                }
            }
            assertThat(bob.received(r -> r.text().contains("Group created"))).isEmpty();
            try (ObserverProcess again = settings.startProcess().awaitReady()) {
                bob.awaitMessage(group, "Group created");
                bob.awaitOne(r -> r.text().contains("joined group"));
                again.terminate();
                again.awaitEnd();
            }
            assertThat(settings.database().column("select payload from message where recipient = ?", group)).hasSize(2);
            assertThat(settings.database().rows("select 1 from group_news")).isEmpty();
        }
    }

    private static HttpRequest.Builder request(ObserverSettings settings, String end) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.restPort() + "/api/tilechat/groups" + end))
                .header("Authorization", new TokenSigner(TestBroker.JWT_KEY).admin("tilechat", "back-end"))
                .header("Content-Type", "application/json");
    }

    @Test
    void aQueueThatIsDeletedIsMadeAgainAndConsumedAndHealthSaysSo() throws IOException {
        traffic.awaitMore(Faults.randomCount());
        int lost = 0;
        for (String queue : List.of(settings.messagesQueue(), settings.persistQueue(), settings.deadLettersQueue())) {
            lost = lose("queue", lost, queue, () -> observer.amqp().delete(queue));
        }
        traffic.awaitFlow();
        await().untilAsserted(() -> assertThat(observer.amqp().consumers(settings.persistQueue())).isPositive());
        observer.management().awaitReady();
        assertThat(losses("queue")).isGreaterThanOrEqualTo(lost);
    }

    @Test
    void aBindingThatIsRemovedIsMadeAgainAndHealthSaysSo() throws IOException {
        traffic.awaitMore(Faults.randomCount());
        int lost = 0;
        try (Channel channel = observer.amqp().connection().createChannel()) {
            for (String key : Kind.bindingsOfMessages()) {
                lost = lose("binding", lost, key, () -> channel.queueUnbind(settings.messagesQueue(), "amq.topic", key));
            }
            String persist = Kind.PERSIST.binding();
            lost = lose("binding", lost, persist, () -> channel.queueUnbind(settings.persistQueue(), "amq.topic", persist));
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        }
        traffic.awaitFlow();
        observer.management().awaitReady();
        // Who asks whether a binding is there leaves nothing behind.
        assertThat(observer.deadLetters()).isZero();
        assertThat(losses("binding")).isGreaterThanOrEqualTo(lost);
    }

    private interface Loss {
        void happen() throws IOException;
    }

    // Health tells of it until the next look at the broker, and what is made again in the midst of a look is not seen at all. If
    // it passed unheard, it is lost once more.
    private int lose(String what, int before, String name, Loss loss) throws IOException {
        long[] since = {System.nanoTime()};
        loss.happen();
        await("health tells of " + name).pollInterval(Duration.ofMillis(50)).until(() -> {
            Management.Answer answer = observer.management().get("health/ready");
            boolean told = answer.status() == 503 && answer.body().contains(name);
            if (!told && System.nanoTime() - since[0] > Patience.seconds(8).toNanos()) {
                since[0] = System.nanoTime();
                loss.happen();
            }
            return told;
        });
        await().until(() -> losses(what) > before);
        return (int) losses(what);
    }

    private double losses(String what) {
        return observer.management().metric("chat21_topology_losses_total{what=\"" + what + "\"}");
    }
}
