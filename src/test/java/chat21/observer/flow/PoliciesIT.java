package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.DeadLetter;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** Integrators' own routes, dropped into the folder of a running observer, those of {@code examples/} too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesIT {

    private final List<ChatClient> clients = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final Queue<String> posted = new ConcurrentLinkedQueue<>();
    private String app;
    private final TestBroker broker = TestBroker.shared();
    private EditedRoutes routes;
    private TestObserver observer;
    private HttpServer service;
    private Path forwarded;

    @BeforeAll
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            posted.add(exchange.getRequestMethod() + " " + new String(exchange.getRequestBody().readAllBytes(),
                    StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        service.start();
        ObserverSettings settings = ObserverSettings.at(broker);
        routes = new EditedRoutes(settings.ownRoutes());
        forwarded = settings.folder().resolve("forwarded");
        settings.set("chat21.policies.timeout-ms", "POLICY_TIMEOUT_MS", "4000");
        settings.set("chat21.policies.off-ms", "POLICY_OFF_MS", "600000");
        settings.set("chat21.policies.max-off-ms", "POLICY_MAX_OFF_MS", "600000");
        settings.set("forward-folder", "FORWARD_FOLDER", forwarded.toString());
        settings.set("forward-url", "FORWARD_URL", "http://localhost:" + service.getAddress().getPort() + "/messages");
        settings.set("away", "AWAY", "bob,carol");
        observer = settings.startHere();
    }

    @AfterAll
    void stop() {
        if (observer != null) {
            observer.close();
        }
        service.stop(0);
    }

    @AfterEach
    void takeAway() {
        clients.forEach(ChatClient::close);
        clients.clear();
        dropped.forEach(file -> {
            routes.remove(file);
            await().until(() -> observer.camel().getRoute(idOf(file)) == null);
        });
        dropped.clear();
    }

    @Test
    void theBadWordFilterRefusesAMessageWithItsReasonAndLetsOthersThrough() {
        drop("bad-word-filter.yaml");
        ChatClient alice = connect("alice");
        ChatClient bob = connect("bob");

        alice.send("bob", "{\"text\":\"Oh DARN it\"}");
        alice.send("bob", "{\"text\":\"a darning needle\"}");

        bob.awaitMessage("alice", "a darning needle");
        assertThat(bob.received(r -> r.text().contains("DARN"))).isEmpty();
        DeadLetter letter = observer.awaitDeadLetter();
        assertThat(letter.reason()).isEqualTo("refused-by-policy");
        assertThat(letter.header("x-detail")).isEqualTo("policy bad-word-filter: no bad words here");
    }

    @Test
    void whoIsAwayAnswersOnceAndTwoWhoAreAwayDoNotAnswerEachOther() {
        drop("out-of-office.yaml");
        ChatClient bob = connect("bob");
        ChatClient carol = connect("carol");

        bob.send("carol", "{\"text\":\"are you there?\"}");

        ChatClient.Received answer = bob.awaitMessage("carol", "I am out of office until Monday.");
        assertThat(answer.json().path("attributes").path("automatic").booleanValue()).isTrue();
        awaitWithheld();
        bob.send("carol", "{\"text\":\"last\"}");
        carol.awaitMessage("bob", "last");
        bob.awaitCount(2, r -> r.text().contains("out of office") && r.topic().contains("/messages/"));
        assertThat(carol.received(r -> r.text().contains("out of office") && r.topic().contains("/messages/")
                && r.json().path("sender").textValue().equals("bob"))).isEmpty();
    }

    @Test
    void theBotAnswersInItsGroupAndNotItself() {
        drop("group-bot.yaml");
        ChatClient alice = connect("alice");

        alice.send("group-help", "{\"text\":\"/help me\",\"channel_type\":\"group\",\"group\":{\"members\":"
                + "{\"help-bot\":1,\"bob\":1}}}");

        await("the bot's answer").untilAsserted(() ->
                assertThat(History.of(observer.database(), app, "group-help").texts())
                        .containsExactly("/help me", "/help is what you say to me, alice."));
        awaitWithheld();
        alice.send("group-help", "{\"text\":\"thanks\",\"channel_type\":\"group\"}");
        alice.awaitMessage("group-help", "thanks");
        assertThat(History.of(observer.database(), app, "group-help").texts()).hasSize(3);
    }

    @Test
    void aCopyIsForwardedToTheServiceAndTheFile() throws IOException {
        drop("forward-copy.yaml");
        ChatClient alice = connect("alice");

        alice.send("bob", "{\"text\":\"forward me\"}");

        await().until(() -> !posted.isEmpty());
        assertThat(posted).singleElement().asString().startsWith("POST {\"text\":\"forward me\"")
                .contains("\"sender\":\"alice\"");
        assertThat(Files.readAllLines(forwarded.resolve("messages.jsonl"))).singleElement().asString()
                .contains("forward me");
    }

    @Test
    void aPolicyChangesAndRedirectsButSaysNothingInTheObserversName() {
        put("redirect", "policy:accept", """
                        - setVariable:
                            name: redirectTo
                            expression:
                              constant: dora
                        - setBody:
                            simple: "${body[text]} (for bob)"
                """);
        put("forge", "policy:accept?order=1", """
                        - script:
                            expression:
                              simple: "${body.put('sender','eve')}${body.put('message_id','1')}${body.put('seen','yes')}"
                """);
        ChatClient alice = connect("alice");
        ChatClient dora = connect("dora");

        alice.send("bob", "{\"text\":\"hi\"}");

        ChatClient.Received copy = dora.awaitMessage("alice", "hi (for bob)");
        assertThat(copy.json().path("sender").textValue()).isEqualTo("alice");
        assertThat(copy.json().path("recipient").textValue()).isEqualTo("dora");
        assertThat(copy.json().path("message_id").textValue()).hasSize(36);
        assertThat(copy.json().path("seen").textValue()).isEqualTo("yes");
        assertThat(History.of(observer.database(), app, "dora").texts()).containsExactly("hi (for bob)");
        assertThat(History.of(observer.database(), app, "bob").texts()).isEmpty();
    }

    @Test
    void aPolicyChangesOneCopyAndDropsAnother() {
        put("copies", "policy:copy", """
                        - choice:
                            when:
                              - simple: "${variable.owner} == 'bob'"
                                steps:
                                  - setVariable:
                                      name: drop
                                      expression:
                                        constant: "true"
                              - simple: "${variable.owner} == 'carol'"
                                steps:
                                  - setBody:
                                      constant: for carol only
                """);
        ChatClient alice = connect("alice");
        ChatClient carol = connect("carol");
        String group = "{\"text\":\"to all\",\"channel_type\":\"group\",\"group\":{\"members\":{\"bob\":1,\"carol\":1}}}";

        alice.send("group-copies", group);

        carol.awaitMessage("group-copies", "for carol only");
        alice.awaitMessage("group-copies", "to all");
        assertThat(History.of(observer.database(), app, "bob").texts()).isEmpty();
        assertThat(History.of(observer.database(), app, "carol").texts()).containsExactly("to all");
    }

    @Test
    void whatAPolicyThrowsRefusesThatMessageAlone() {
        put("broken", "policy:accept", """
                        - filter:
                            simple: "${body[text]} == 'bad'"
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalStateException
                                  message: the look-up failed
                """);
        ChatClient alice = connect("alice");
        ChatClient bob = connect("bob");

        alice.send("bob", "{\"text\":\"bad\"}");
        alice.send("bob", "{\"text\":\"good\"}");

        bob.awaitMessage("alice", "good");
        DeadLetter letter = observer.awaitDeadLetter();
        assertThat(letter.reason()).isEqualTo("policy-failed");
        assertThat(letter.header("x-detail")).startsWith("policy broken: ").contains("the look-up failed");
    }

    @Test
    void aPolicyThatHangsForAMinuteHoldsTheFlowOnceAndForItsBoundOnly() {
        put("hanging", "policy:accept", """
                        - delay:
                            constant: "60000"
                """);
        ChatClient alice = connect("alice");
        ChatClient bob = connect("bob");
        long began = System.nanoTime();

        for (int i = 0; i < 20; i++) {
            alice.sendLater("bob", "{\"text\":\"n" + i + "\"}");
        }

        bob.awaitMessage("alice", "n19");
        // Each by itself would have been 80 s.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Patience.seconds(60));
        assertThat(observer.management().metric("chat21_policy_calls_total{outcome=\"hung\",policy=\"hanging\"")).isEqualTo(1);
        assertThat(observer.management().metric("chat21_policy_calls_total{outcome=\"off\",policy=\"hanging\"")).isEqualTo(19);
    }

    @Test
    void aConsumerOfAQueueThatIsNotThereIsNamedAndNotStarted() throws IOException {
        routes.put("waits.yaml", "- route:\n    id: waits\n    from:\n      uri: spring-rabbitmq:amq.topic\n"
                + "      parameters:\n        queues: nobody-declared-it\n      steps:\n        - log: hi\n");

        await().until(() -> observer.management().metric("chat21_routes_problems") == 1);

        assertThat(observer.management().get("health").body()).contains("waits.yaml, line 4")
                .contains("the broker has no queue 'nobody-declared-it'");
        assertThat(observer.camel().getRoute("waits")).isNull();
        routes.remove("waits.yaml");
        await().until(() -> observer.management().metric("chat21_routes_problems") == 0);
    }

    private void awaitWithheld() {
        await("the answer to an answer is withheld").until(() ->
                observer.management().metric("chat21_policy_answers_total{outcome=\"withheld\"") >= 1);
    }

    private void drop(String example) {
        routes.drop(example);
        awaitEffect(example);
    }

    private void put(String id, String from, String steps) {
        routes.put(id + ".yaml", "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n"
                + steps);
        awaitEffect(id + ".yaml");
    }

    private void awaitEffect(String file) {
        dropped.add(file);
        await(file + " is in effect")
                .until(() -> observer.camel().getRoute(idOf(file)) != null
                        && observer.camel().getRouteController().getRouteStatus(idOf(file)).isStarted());
        app = "policies-" + UUID.randomUUID();
    }

    private static String idOf(String file) {
        return file.replace(".yaml", "");
    }

    private ChatClient connect(String user) {
        ChatClient client = ChatClient.of(user).app(app).connect(broker);
        clients.add(client);
        return client;
    }
}
