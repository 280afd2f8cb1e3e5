package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestDatabase;

/** What becomes of messages when the process ends under load, and comes back. */
abstract class Crash {

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
        settings = ObserverSettings.at(Flow.broker());
        TestDatabase other = database();
        if (other != null) {
            settings.database(other);
        }
    }

    @AfterEach
    void removeQueues() {
        try (AmqpClient amqp = AmqpClient.at(Flow.broker())) {
            settings.removeQueues(amqp);
        }
    }

    @Test
    void afterKillsUnderLoadEveryMessageStandsInEveryHistoryOnce() throws Exception {
        try (LiveCopies copies = new LiveCopies(Flow.broker(), app, bob)) {
            Set<String> sent;
            ObserverProcess first = settings.startProcess().awaitReady();
            try (first; SteadyLoad load = new SteadyLoad(Flow.broker(), key, PER_SECOND)) {
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
        try (LiveCopies copies = new LiveCopies(Flow.broker(), app, bob)) {
            Set<String> sent;
            ObserverProcess first = settings.startProcess().awaitReady();
            try (first; SteadyLoad load = new SteadyLoad(Flow.broker(), key, PER_SECOND)) {
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

    private void assertEachOnce(Set<String> sent) {
        assertThat(sent).hasSizeGreaterThan(3 * PER_SECOND);
        History.of(settings.database(), app, alice).assertHasEachOnce(sent);
        History.of(settings.database(), app, bob).assertHasEachOnce(sent);
    }
}
