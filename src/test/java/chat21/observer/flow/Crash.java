package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;

/** What becomes of messages when the process ends under load, and comes back. */
abstract class Crash {

    private static final String GROUP = "group-team";

    private static final int PER_SECOND = 500;

    private final String app = Flow.newId("app");
    private final String alice = Flow.newId("alice");
    private final String bob = Flow.newId("bob");
    private final String key = "apps." + app + ".outgoing.users." + alice + ".messages." + bob + ".outgoing";
    private ObserverSettings settings;

    /** The database to run on; null for a new H2 file. */
    abstract TestDatabase database();

    @BeforeEach
    void chooseDatabase() {
        settings = ObserverSettings.at(TestBroker.shared());
        TestDatabase other = database();
        if (other != null) {
            settings.database(other);
        }
    }

    @AfterEach
    void removeQueues() {
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared())) {
            settings.removeQueues(amqp);
        }
    }

    @Test
    void afterKillsUnderLoadEveryMessageStandsInEveryHistoryOnce() throws Exception {
        try (LiveCopies copies = new LiveCopies(TestBroker.shared(), app, bob)) {
            Set<String> sent;
            ObserverProcess first = settings.startProcess().awaitReady();
            try (first; SteadyLoad load = new SteadyLoad(TestBroker.shared(), key, PER_SECOND)) {
                load.awaitMore(2 * PER_SECOND);
                first.kill();
                load.awaitMore(PER_SECOND);
                sent = finishAfterAnotherKill(load, copies);
            }
            assertEachOnce(sent);
        }
    }

    private Set<String> finishAfterAnotherKill(SteadyLoad load, LiveCopies copies) {
        try (ObserverProcess second = settings.startProcess().awaitReady()) {
            load.awaitMore(PER_SECOND);
            second.kill();
        }
        try (ObserverProcess third = settings.startProcess().awaitReady()) {
            load.awaitMore(PER_SECOND);
            Set<String> sent = load.stop();
            copies.awaitAll(sent);
            third.terminate();
            return sent;
        }
    }

    @Test
    void aTerminationUnderLoadLosesNothingAndDoublesNoCopy() throws Exception {
        try (LiveCopies copies = new LiveCopies(TestBroker.shared(), app, bob)) {
            Set<String> sent;
            ObserverProcess first = settings.startProcess().awaitReady();
            try (first; SteadyLoad load = new SteadyLoad(TestBroker.shared(), key, PER_SECOND)) {
                load.awaitMore(2 * PER_SECOND);
                first.terminate();
                try (ObserverProcess second = settings.startProcess().awaitReady()) {
                    load.awaitMore(PER_SECOND);
                    sent = load.stop();
                    copies.awaitAll(sent);
                    second.terminate();
                }
            }
            new History(copies.texts()).assertHasEachOnce(sent);
            assertEachOnce(sent);
        }
    }

    @Test
    void aKillWhileMessagesGoToHundredsLeavesEachInEveryInboxOnceAndInOrder() throws Exception {
        List<String> members = IntStream.range(0, 900).mapToObj(i -> "member-" + i).toList();
        List<String> texts = IntStream.range(0, 5).mapToObj(i -> "all " + i).toList();
        // In many small steps, so that the kill comes in their midst however late this thread sees the first copy.
        settings.set("chat21.batch.max-copies", "BATCH_MAX_COPIES", "10");
        ObserverProcess first = settings.startProcess().awaitReady();
        try (first; LiveCopies ofFirst = new LiveCopies(TestBroker.shared(), app, "member-1");
                LiveCopies ofLast = new LiveCopies(TestBroker.shared(), app, "member-99")) {
            sendToGroup(members, texts);
            ofFirst.awaitFirst();
            first.kill();
            assertThat(ofLast.texts()).as("the inboxes served before the kill are not all").isEmpty();
            try (ObserverProcess second = settings.startProcess().awaitReady()) {
                ofLast.awaitAll(texts);
                second.terminate();
            }
            assertThat(ofFirst.haveOneIdEach()).isTrue();
        }
        for (String member : List.of(alice, GROUP, "member-0", "member-1", "member-5", "member-500", "member-99")) {
            assertThat(History.of(settings.database(), app, member).texts()).as(member).containsExactlyElementsOf(texts);
        }
        assertThat(settings.database().number("select count(*) from timeline where app_id = ?", app))
                .isEqualTo(texts.size() * (members.size() + 2L));
        assertThat(settings.database().number("select sum(unread) from conversation where app_id = ?"
                + " and timeline_of like 'member-%'", app)).isEqualTo((long) texts.size() * members.size());
    }

    private void sendToGroup(List<String> members, List<String> texts) throws Exception {
        String inline = members.stream().map(m -> '"' + m + "\":1").collect(Collectors.joining(","));
        String toTeam = "apps." + app + ".outgoing.users." + alice + ".messages." + GROUP + ".outgoing";
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared())) {
            Channel channel = amqp.connection().createChannel();
            channel.confirmSelect();
            for (String text : texts) {
                channel.basicPublish("amq.topic", toTeam, MessageProperties.PERSISTENT_BASIC, ("{\"text\":\"" + text
                        + "\",\"channel_type\":\"group\",\"group\":{\"members\":{" + inline + "}}}")
                        .getBytes(StandardCharsets.UTF_8));
            }
            channel.waitForConfirmsOrDie(Patience.seconds(30).toMillis());
        }
    }

    private void assertEachOnce(Set<String> sent) {
        assertThat(sent).hasSizeGreaterThan(3 * PER_SECOND);
        History.of(settings.database(), app, alice).assertHasEachOnce(sent);
        History.of(settings.database(), app, bob).assertHasEachOnce(sent);
    }
}
