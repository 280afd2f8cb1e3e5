package chat21.observer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.BrokerConnections;
import chat21.observer.testing.HonestPair;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/**
 * Random and mutated topics, payloads, AMQP properties and requests, while honest users chat. Repeat a run with
 * {@code -Dfuzz.seed} of what it printed.
 */
class FuzzIT {

    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 3_000);
    private static final long FIXED_SEED = 21_664_295_245_986L;
    /** What 99 of 100 honest messages take at most, on a machine that also makes the inputs. */
    private static final long P99_MS = Long.getLong("fuzz.p99-ms", 10_000);
    private static final int REQUEST_EVERY = 10;
    private static final int UNFINISHED = 500;

    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> failed = new ArrayList<>();
    private Inputs inputs;

    /** The one that is asked for; else a new one, and in the short form one that is always the same, too. */
    static List<Long> seeds() {
        if (Long.getLong("fuzz.seed") != null) {
            return List.of(Long.getLong("fuzz.seed"));
        }
        long fresh = System.nanoTime();
        return Integer.getInteger("fuzz.inputs") == null ? List.of(FIXED_SEED, fresh) : List.of(fresh);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noInputHarmsAnybody(long seed) throws Exception {
        inputs = new Inputs(seed, app);
        System.out.printf("[FUZZ] %d inputs, seed %d%n", INPUTS, seed);
        ObserverSettings settings = ObserverSettings.at(TestBroker.shared()).database(TestPostgres.shared().newDatabase())
                .set("chat21.rest.sync-timeout-ms", "REST_SYNC_TIMEOUT_MS", "60000");
        try (TestObserver observer = settings.startHere(); HonestPair honest = new HonestPair(observer.broker(), app)) {
            createGroup(observer.database());
            RequestInputs requests = new RequestInputs(inputs, app, tokens());
            Map<Integer, Integer> answers = new HashMap<>();
            long usedBefore = 0;
            try (Channel channel = observer.amqp().connection().createChannel()) {
                channel.confirmSelect();
                for (int i = 0; i < INPUTS; i++) {
                    if (i % REQUEST_EVERY == 0) {
                        answers.merge(status(settings.restPort(), requests.next()), 1, Integer::sum);
                    } else {
                        channel.basicPublish("amq.topic", inputs.routingKey(), properties(), inputs.payload());
                    }
                    if (i % 500 == 499) {
                        channel.waitForConfirmsOrDie(Patience.seconds(60).toMillis());
                        awaitTaken(observer, settings, UNFINISHED);
                    }
                    if (i == INPUTS / 10) {
                        usedBefore = used();
                    }
                }
            }
            awaitTaken(observer, settings, 0);
            List<Long> micros = honest.end();
            long p99 = micros.get((int) (micros.size() * 0.99)) / 1_000;
            long grownMb = (used() - usedBefore) / 1_048_576;
            System.out.printf("[FUZZ] %d honest messages, p99 %d ms; heap grew by %d MB; answers %s; refused %.0f of %.0f%n",
                    micros.size(), p99, grownMb, answers, observer.management().metric("chat21_messages_refused_total"),
                    observer.management().metric("chat21_messages_received_total"));

            assertThat(failed).as("requests that failed here, seed %d", seed).isEmpty();
            assertThat(p99).isLessThan(P99_MS);
            assertThat(grownMb).isLessThan(64);
            // Each is handled or refused for what is wrong with it: none fails in a way that nobody thought of.
            assertThat(observer.management().metric("chat21_messages_refused_total{reason=\"processing-failed\"}")).isZero();
            assertThat(observer.management().isReady()).isTrue();
            assertThat(new BrokerConnections(observer.broker()).count()).isPositive();
        }
    }

    private void createGroup(TestDatabase database) {
        database.change("insert into chat_group (app_id, group_id, name, owner, created_on, updated_on)"
                + " values (?, 'group-1', '', 'mallory', 0, 0)", app);
        database.change("insert into group_member (app_id, group_id, member_id) values (?, 'group-1', 'mallory')", app);
    }

    private void awaitTaken(TestObserver observer, ObserverSettings settings, int left) {
        await("inputs are taken").pollInterval(Duration.ofMillis(50))
                .until(() -> observer.amqp().ready(settings.messagesQueue()) <= left
                        && (left > 0 || observer.management().metric("chat21_pending_acknowledgements") <= 1));
    }

    private BasicProperties properties() {
        if (inputs.upTo(3) > 0) {
            return new BasicProperties.Builder().deliveryMode(2).build();
        }
        return new BasicProperties.Builder().deliveryMode(inputs.upTo(2) + 1).contentType(shortId())
                .contentEncoding(inputs.oneOf(List.of("gzip", "deflate", "utf-16", "x"))).replyTo(shortId())
                .correlationId(shortId()).messageId(shortId()).type("java.lang.Runtime").priority(inputs.upTo(10))
                .timestamp(new Date(inputs.upTo(2) == 0 ? Long.MAX_VALUE / 1_000 : 0)).expiration("100000")
                .headers(Map.of("CamelBeanMethodName", "exit", "breadcrumbId", inputs.id(), "x-reason", "forged",
                        "__TypeId__", "java.lang.Runtime", "n", Map.of("deep", List.of(1L, 2L))))
                .build();
    }

    // What the client library writes into a property; longer ones it refuses itself.
    private String shortId() {
        String id = inputs.id();
        return id.length() > 60 ? id.substring(0, 60) : id;
    }

    private List<String> tokens() {
        TokenSigner signer = new TokenSigner(TestBroker.JWT_KEY);
        return List.of(signer.user(app, "mallory"), signer.user(app, "mallory"), signer.admin(app, "back-end"),
                signer.user("other", "mallory"), "Bearer x.y.z", "");
    }

    private int status(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Patience.seconds(60).toMillis());
            socket.getOutputStream().write(request);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).doesNotContain("Exception", "\tat chat21");
            int status = answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9, 12));
            if (status >= 500) {
                failed.add(status + " to " + new String(request, StandardCharsets.UTF_8));
            }
            return status;
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
