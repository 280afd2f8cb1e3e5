package chat21.observer.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.rabbitmq.client.AMQP.BasicProperties;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import chat21.observer.engine.broker.QueueBrowser;
import chat21.observer.testing.DeadLetter;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;

class DeadLettersCommandIT {

    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared());
    private final String app = "app-" + UUID.randomUUID();
    private final String group = "group-1";
    private TestObserver observer;
    private TestDatabase database;
    private StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void start() {
        observer = settings.startHere();
        database = observer.database();
        database.change("insert into chat_group (app_id, group_id, name, created_on, updated_on) values (?, ?, '', 0, 0)",
                app, group);
        database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, 'bob')", app, group);
    }

    @AfterEach
    void end() {
        observer.close();
    }

    @Test
    @Tag("broker")
    void lettersAreCountedByReasonAndShownWithoutBeingMoved() {
        send("bob", "5");
        send(group, "{\"text\":\"one\"}");
        send(group, "{\"text\":\"two\"}");
        awaitLetters(3);

        assertThat(run("list")).isZero();
        assertThat(out.toString()).containsPattern("bad-payload +1 +\\d+ s").containsPattern("not-a-member +2 +\\d+ s")
                .contains("3 in all.");
        List<String> ids = idsOf("not-a-member");
        assertThat(ids).hasSize(2);
        assertThat(run("show", ids.get(1))).isZero();
        assertThat(out.toString()).contains("x-reason: not-a-member", "x-original-routing-key: " + key(group))
                .endsWith("\n{\"text\":\"two\"}\n");
        assertThat(run("show", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no letter nobody.");

        assertThat(List.of(observer.awaitDeadLetter(), observer.awaitDeadLetter(), observer.awaitDeadLetter()))
                .extracting(DeadLetter::text).containsExactly("5", "{\"text\":\"one\"}", "{\"text\":\"two\"}");
    }

    @Test
    @Tag("broker")
    void aReplayedMessageGoesItsOldWayFromItsOldSender() {
        send(group, "{\"text\":\"one\"}");
        send("bob", "5");
        send(group, "{\"text\":\"two\"}");
        awaitLetters(3);
        database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, 'alice')", app, group);

        String second = idsOf("not-a-member").get(1);
        assertThat(run("replay", second)).isZero();
        awaitHistory("{\"text\":\"two\"");
        assertThat(run("replay", "--reason", "not-a-member")).isZero();

        assertThat(out.toString()).contains("1 published again.");
        awaitHistory("{\"text\":\"two\"", "{\"text\":\"one\"");
        assertThat(database.column("select distinct sender from message where app_id = ?", app)).containsExactly("alice");
        assertThat(database.column("select message_id from message where payload like '{\"text\":\"two\"%'"))
                .containsExactly(second);
        assertThat(observer.awaitDeadLetter().text()).isEqualTo("5");
    }

    @Test
    void whatIsStillWrongComesBackWithItsReason() {
        send("bob", "5");
        awaitLetters(1);

        assertThat(run("replay", "--all")).isZero();

        awaitLetters(1);
        assertThat(observer.awaitDeadLetter().reason()).isEqualTo("bad-payload");
    }

    @Test
    void aReplayThatEndsBeforeItsLetterHasLeftStoresTheMessageOnce() throws Exception {
        send(group, "{\"text\":\"one\"}");
        awaitLetters(1);
        database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, 'alice')", app, group);

        QueueBrowser box = new QueueBrowser(observer.amqp().connection(), settings.deadLettersQueue());
        Assertions.assertThatThrownBy(() -> box.walk((channel, message) -> {
            QueueBrowser.publish(channel, "amq.topic", key(group), new BasicProperties.Builder().userId("guest")
                    .messageId(message.getProps().getMessageId()).build(), message.getBody());
            throw new IOException("the operator's machine is gone");
        })).isInstanceOf(IOException.class);
        awaitHistory("{\"text\":\"one\"");
        awaitLetters(1);
        assertThat(run("replay", "--all")).isZero();
        send(group, "{\"text\":\"next\"}");

        awaitHistory("{\"text\":\"one\"", "{\"text\":\"next\"");
    }

    @Test
    void manyAreReplayedInTheirOrderAndDroppedByReason() {
        IntStream.range(0, 200).forEach(i -> send(group, "{\"text\":\"" + i + "\"}"));
        send("bob", "5");
        awaitLetters(201);
        database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, 'alice')", app, group);

        assertThat(run("replay", "--all", "--limit", "150")).isZero();
        awaitHistory(IntStream.range(0, 150).mapToObj(i -> "{\"text\":\"" + i + "\"").toArray(String[]::new));
        assertThat(run("drop", "--reason", "not-a-member")).isZero();

        assertThat(out.toString()).contains("50 dropped.");
        awaitLetters(1);
    }

    @Test
    void whatIsMeantMustBeSaid() {
        assertThat(run("drop")).isEqualTo(2);
        assertThat(run("replay", "some-id", "--all")).isEqualTo(2);
    }

    @Test
    void aBrokerThatIsNotThereIsOneSentence() {
        int code = run(Map.of("RABBITMQ_URI", "amqp://me:secret@127.0.0.1:1"), "list");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1:1").doesNotContain("secret").hasLineCount(1);
    }

    private List<String> idsOf(String reason) {
        assertThat(run("list", "--reason", reason)).isZero();
        return out.toString().lines().filter(line -> line.contains(" bytes ")).map(line -> line.split(" ")[0]).toList();
    }

    private void send(String recipient, String payload) {
        observer.amqp().publish(key(recipient), payload);
    }

    private String key(String recipient) {
        return "apps." + app + ".outgoing.users.alice.messages." + recipient + ".outgoing";
    }

    private void awaitLetters(int count) {
        await().until(() -> observer.deadLetters() == count);
    }

    private void awaitHistory(String... beginnings) {
        await().untilAsserted(() -> {
            List<String> payloads = database.column("select m.payload from timeline t join message m on m.app_id = t.app_id"
                    + " and m.message_id = t.message_id where t.app_id = ? and t.timeline_of = 'bob'"
                    + " order by t.timestamp, t.message_id", app);
            assertThat(payloads).hasSize(beginnings.length);
            for (String beginning : beginnings) {
                assertThat(payloads).anyMatch(payload -> payload.startsWith(beginning));
            }
        });
    }

    private int run(String... arguments) {
        // The first of the addresses is dead.
        String uri = "amqp://guest:guest@127.0.0.1:1,localhost:" + settings.broker().amqpPort() + "/";
        return run(Map.of("RABBITMQ_URI", uri, "QUEUE_DEAD_LETTERS",
                settings.deadLettersQueue()), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        out = new StringWriter();
        return new CommandLine(new DeadLettersCommand(environment)).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
