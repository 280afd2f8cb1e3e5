package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.management.ObjectName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** Files of routes are edited while messages flow. */
class HotEditIT {

    private static final String APP = "edited";
    private static final int ROUNDS = 50;
    private static final int EDITS_A_ROUND = 4;

    private final TestBroker broker = TestBroker.shared();
    private ObserverSettings settings;
    private EditedRoutes routes;
    private TestObserver observer;

    @BeforeEach
    void start() {
        settings = ObserverSettings.at(broker);
        routes = new EditedRoutes(settings.ownRoutes());
        observer = settings.startHere();
    }

    @AfterEach
    void stop() {
        if (observer != null) {
            observer.close();
        }
    }

    @Test
    void twoHundredGoodAndBadEditsUnderLoadLoseDoubleAndReorderNothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LiveCopies direct = new LiveCopies(broker, APP, "bob");
                LiveCopies group = new LiveCopies(broker, APP, "group-g");
                SteadyLoad toBob = new SteadyLoad(broker, key("alice", "bob"), 200);
                SteadyLoad toGroup = new SteadyLoad(broker, key("carol", "group-g"), 100);
                RestCalls rest = new RestCalls(settings.restPort())) {
            toBob.awaitMore(50);
            List<Duration> took = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                routes.edit(random, EDITS_A_ROUND);
                long began = System.nanoTime();
                await("seed " + seed + ", round " + round + ": " + routes.lastEdits())
                        .pollInterval(Duration.ofMillis(20))
                        .untilAsserted(() -> routes.assertFollowed(observer.camel(), problems()));
                took.add(Duration.ofNanos(System.nanoTime() - began));
            }
            Collections.sort(took);
            LoggerFactory.getLogger(HotEditIT.class).info("Edits were in effect or reported after {} ms in the median, {} ms "
                    + "at most", took.get(ROUNDS / 2).toMillis(), took.get(ROUNDS - 1).toMillis());
            assertThat(routes.edits()).isEqualTo(ROUNDS * EDITS_A_ROUND);
            assertThat(routes.badEdits()).isBetween(50, 150);

            Set<String> sentToBob = toBob.stop();
            Set<String> sentToGroup = toGroup.stop();
            direct.awaitAll(sentToBob);
            group.awaitAll(sentToGroup);
            assertThat(direct.texts()).as("bob's copies, seed %s", seed).containsExactlyElementsOf(inOrder(sentToBob));
            assertThat(group.texts()).as("the group's copies, seed %s", seed)
                    .containsExactlyElementsOf(inOrder(sentToGroup));
            History.of(observer.database(), APP, "bob").assertHasEachOnce(sentToBob);
            assertThat(History.of(observer.database(), APP, "group-g").texts())
                    .containsExactlyElementsOf(inOrder(sentToGroup));
            assertThat(observer.deadLetters()).isZero();
            assertThat(rest.failures()).isEmpty();
            assertThat(rest.count()).isGreaterThan(100);
        }
    }

    @Test
    void aBrokenEditIsToldInTheHealthTheMetricsAndJmxAndTheOldRoutesGoOn() {
        routes.replace("send-direct.yaml", "ref: directCopies", "ref: directCopys");

        String sentence = routes.folder().resolve("send-direct.yaml")
                + ", line 14: there is no bean named 'directCopys'; did you mean 'directCopies'?";
        await().untilAsserted(() -> assertThat(problems()).containsExactly(sentence));
        assertThat(observer.management().get("health").body()).contains("routes-reload").contains("line 14");
        assertThat(observer.management().get("health").status()).isEqualTo(503);
        assertThat(observer.management().isReady()).isTrue();
        assertThat(observer.management().metric("chat21_routes_problems")).isEqualTo(1);
        assertThat(observer.management().metric("chat21_routes_edits_total{outcome=\"refused\"")).isEqualTo(1);
        try (LiveCopies copies = new LiveCopies(broker, APP, "bob")) {
            observer.amqp().publish(key("alice", "bob"), "{\"text\":\"as ever\"}");
            copies.awaitAll(List.of("as ever"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }

        routes.replace("send-direct.yaml", "ref: directCopys", "ref: directCopies");
        await().untilAsserted(() -> assertThat(problems()).isEmpty());
        assertThat(observer.management().get("health").status()).isEqualTo(200);
    }

    private static String key(String sender, String recipient) {
        return "apps." + APP + ".outgoing.users." + sender + ".messages." + recipient + ".outgoing";
    }

    private static List<String> inOrder(Set<String> texts) {
        List<String> sorted = new ArrayList<>(texts);
        sorted.sort(Comparator.comparingInt(text -> Integer.parseInt(text.substring(1))));
        return sorted;
    }

    private static String[] problems() {
        try {
            ObjectName name = ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("org.apache.camel:type=services,name=RouteEdits,*"), null).iterator().next();
            return (String[]) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Problems");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody who reads conversations all the time. */
    private static final class RestCalls implements AutoCloseable {

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final HttpClient http = HttpClient.newHttpClient();
        private final HttpRequest request;
        private volatile int count;

        RestCalls(int port) {
            request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/" + APP + "/bob/conversations"))
                    .header("Authorization", new TokenSigner(TestBroker.JWT_KEY).user(APP, "bob"))
                    .timeout(Patience.seconds(30)).build();
            clock.scheduleWithFixedDelay(this::call, 0, 50, TimeUnit.MILLISECONDS);
        }

        private void call() {
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status != 200) {
                    failures.add("status " + status);
                }
                count++;
            } catch (Exception e) {
                failures.add(e.toString());
            }
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        int count() {
            return count;
        }

        @Override
        public void close() {
            clock.shutdown();
        }
    }
}
