package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** What becomes of messages when broker or database go away under load, and come back. */
class OutageIT {

    private static final int PER_SECOND = 300;

    private final String app = Flow.newId("app");

    @Test
    @Tag("broker")
    void aKilledBrokerLosesNoAcceptedMessageAndDoublesNoneInAnyHistory() {
        TestBroker broker = TestBroker.shared();
        // The broker is away for longer than this.
        try (TestObserver observer = ObserverSettings.at(broker)
                        .set("chat21.redelivery.window-ms", "REDELIVERY_WINDOW_MS", "1000").startHere();
                SteadyLoad load = new SteadyLoad(broker, key(), PER_SECOND)) {
            load.awaitMore(2 * PER_SECOND);
            broker.kill();
            observer.management().awaitNotReady();
            broker.restart();
            observer.management().awaitReady();
            load.awaitMore(PER_SECOND);

            Set<String> sent = load.stop();

            History.await(observer.database(), app, "bob", sent).assertHasEachOnce(sent);
            History.of(observer.database(), app, "alice").assertHasEachOnce(sent);
        }
    }

    @Test
    void messagesWaitForAStoppedDatabaseAndThenFlowOn() {
        try (TestPostgres postgres = TestPostgres.own();
                TestObserver observer = ObserverSettings.at(TestBroker.shared()).database(postgres.newDatabase()).startHere();
                SteadyLoad load = new SteadyLoad(TestBroker.shared(), key(), PER_SECOND)) {
            load.awaitMore(2 * PER_SECOND);
            postgres.stop();
            observer.management().awaitNotReady();
            load.awaitMore(PER_SECOND);
            postgres.start();
            observer.management().awaitReady();
            load.awaitMore(PER_SECOND);

            Set<String> sent = load.stop();

            History.await(observer.database(), app, "bob", sent).assertHasEachOnce(sent);
            History.of(observer.database(), app, "alice").assertHasEachOnce(sent);
            assertThat(observer.deadLetters()).isZero();
        }
    }

    private String key() {
        return "apps." + app + ".outgoing.users.alice.messages.bob.outgoing";
    }
}
