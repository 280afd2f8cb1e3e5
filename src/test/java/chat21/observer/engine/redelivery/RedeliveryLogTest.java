package chat21.observer.engine.redelivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.engine.batch.Acknowledger;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.batch.Unacknowledged;
import chat21.observer.message.Delivery;
import chat21.observer.message.FirstAttempt;
import chat21.observer.message.InboxCopy;
import chat21.observer.protocol.MessageIds;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;

class RedeliveryLogTest {

    private static final long WINDOW_MS = 600_000;

    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21",
            "", 2, 5_000, false));
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final Acknowledger acknowledger = new Acknowledger(unacknowledged);
    private final QueueOwners owners = new QueueOwners(database, "node", Set.of());
    private final RedeliveryLog attempts = log(owners, unacknowledged);
    private final Deliveries before = new Deliveries();
    private final Deliveries after = new Deliveries();
    private final Deliveries last = new Deliveries();

    private RedeliveryLog log(QueueOwners whose, Unacknowledged ofThem) {
        return new RedeliveryLog(database, new MessageIds(Clock.systemUTC()), whose, new LargeGroups(100), ofThem, WINDOW_MS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatComesAgainGetsTheIdAndTimeItHad() throws SQLException {
        Delivery first = store(before.to("bob", "{\"text\":\"a\"}"));
        Delivery again = after.again("bob", "{\"text\":\"a\"}");
        Delivery other = after.again("bob", "{\"text\":\"b\"}");

        recognise(again, other);

        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.firstTimestamp()).isEqualTo(Deliveries.RECEIVED_AT);
        assertThat(other.alreadyStored()).isFalse();
    }

    @Test
    void anEqualMessageThatDidNotComeBeforeIsANewOne() throws SQLException {
        store(before.to("bob", "{\"text\":\"a\"}"));
        Delivery equal = after.to("bob", "{\"text\":\"a\"}");
        Delivery toAnother = after.again("carol", "{\"text\":\"a\"}");

        recognise(equal, toAnother);

        assertThat(equal.alreadyStored()).isFalse();
        assertThat(toAnother.alreadyStored()).isFalse();
    }

    @Test
    void whatIsAcknowledgedIsForgotten() throws SQLException {
        store(before.to("bob", "{\"text\":\"a\"}"));

        attempts.forget();

        Delivery again = after.again("bob", "{\"text\":\"a\"}");
        recognise(again);
        assertThat(again.alreadyStored()).isFalse();
    }

    @Test
    void whatCameOverALostConnectionIsNotForgotten() throws SQLException {
        store(before.to("bob", "{\"text\":\"a\"}"));
        before.lose();

        attempts.forget();

        Delivery again = after.again("bob", "{\"text\":\"a\"}");
        recognise(again);
        assertThat(again.alreadyStored()).isTrue();
    }

    @Test
    void aResendThatComesAgainIsOneOnceMore() throws SQLException {
        Delivery resend = before.to("bob", "{\"text\":\"a\"}");
        resend.resendOf(new FirstAttempt("first", 1));
        store(resend);

        Delivery again = after.again("bob", "{\"text\":\"a\"}");
        recognise(again);

        assertThat(again.alreadyStored()).as("by the redelivery log").isFalse();
    }

    @Test
    void anEqualMessageThatWasNeverStoredIsANewOneThoughItWasHandedOverBefore() throws SQLException {
        Delivery first = takeOver(before.to("bob", "{\"text\":\"ok\"}"));
        store(first);
        acknowledger.acknowledge(new Batch(List.of(first)));
        takeOver(before.to("bob", "{\"text\":\"ok\"}"));
        before.lose();

        Delivery again = takeOver(after.again("bob", "{\"text\":\"ok\"}"));
        takeOver(after.to("bob", "{\"text\":\"new\"}"));
        recognise(again);

        assertThat(again.alreadyStored()).isFalse();
    }

    @Test
    void ofEqualMessagesThatComeAgainThoseThatWereStoredAreRecognised() throws SQLException {
        Delivery first = store(takeOver(before.to("bob", "{\"text\":\"ok\"}")));
        takeOver(before.to("bob", "{\"text\":\"ok\"}"));
        before.lose();

        Delivery again = takeOver(after.again("bob", "{\"text\":\"ok\"}"));
        Delivery second = takeOver(after.again("bob", "{\"text\":\"ok\"}"));
        takeOver(after.to("bob", "{\"text\":\"new\"}"));
        recognise(again, second);

        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(second.alreadyStored()).isFalse();
    }

    @Test
    void equalMessagesOfSeveralBatchesThatAllComeAgainStayAsMany() throws SQLException {
        Delivery first = store(takeOver(before.to("bob", "{\"text\":\"ok\"}")));
        Delivery second = store(takeOver(before.to("bob", "{\"text\":\"ok\"}")));
        before.lose();

        Delivery again = takeOver(after.again("bob", "{\"text\":\"ok\"}"));
        Delivery secondAgain = takeOver(after.again("bob", "{\"text\":\"ok\"}"));
        takeOver(after.to("bob", "{\"text\":\"new\"}"));
        recognise(again, secondAgain);

        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(secondAgain.messageId()).isEqualTo(second.messageId());
    }

    @Test
    void whatIsLostAgainWhileItIsWorkedOffIsRecognisedAgain() throws SQLException {
        for (String text : new String[] {"1", "2", "3"}) {
            store(takeOver(before.to("bob", "{\"text\":\"" + text + "\"}")));
        }
        before.lose();
        Delivery first = takeOver(after.again("bob", "{\"text\":\"1\"}"));
        Delivery next = takeOver(after.again("bob", "{\"text\":\"2\"}"));
        takeOver(after.again("bob", "{\"text\":\"3\"}"));
        store(first);
        store(next);
        after.lose();

        Delivery second = takeOver(last.again("bob", "{\"text\":\"2\"}"));
        Delivery third = takeOver(last.again("bob", "{\"text\":\"3\"}"));
        recognise(second, third);

        assertThat(second.alreadyStored()).isTrue();
        assertThat(third.alreadyStored()).isTrue();
    }

    @Test
    void whatIsLostAgainBeforeItIsLookedForIsRecognised() throws SQLException {
        store(takeOver(before.to("bob", "{\"text\":\"a\"}")));
        before.lose();
        Delivery again = takeOver(after.again("bob", "{\"text\":\"a\"}"));
        after.lose();
        recognise(again);

        Delivery onceMore = takeOver(last.again("bob", "{\"text\":\"a\"}"));
        recognise(onceMore);

        assertThat(onceMore.alreadyStored()).isTrue();
    }

    @Test
    void whatWasLostHereAndAnotherNodeHasStoredMeanwhileIsRecognised() throws SQLException {
        Deliveries ofOther = new Deliveries();
        recognise(takeOver(before.to("bob", "{\"text\":\"a\"}")));
        before.lose();
        QueueOwners other = new QueueOwners(database, "other", Set.of());
        store(ofOther.again("bob", "{\"text\":\"a\"}"), other, log(other, new Unacknowledged()));
        ofOther.lose();

        Delivery again = takeOver(after.again("bob", "{\"text\":\"a\"}"));
        recognise(again);

        assertThat(again.alreadyStored()).isTrue();
    }

    @Test
    void whatIsRememberedGetsLessAgainThoughTheClockIsSetBack() throws SQLException {
        LogTime time = new LogTime(7_000, 0, 100);

        assertThat(time.next(5_000, 10)).as("later than the newest").isEqualTo(7_001);
        assertThat(time.outdated(100, 0)).isLessThan(7_000);
        assertThat(time.outdated(101, 0)).isEqualTo(7_000);
        assertThat(time.outdated(111, 5)).as("something is on its way for so long").isLessThan(7_001);
        assertThat(time.outdated(111, 0)).isEqualTo(7_001);
        assertThat(time.next(8_000, 112)).isEqualTo(8_000);
    }

    private Delivery takeOver(Delivery delivery) {
        unacknowledged.add(delivery);
        return delivery;
    }

    private Delivery store(Delivery delivery) throws SQLException {
        return store(delivery, owners, attempts);
    }

    private Delivery store(Delivery delivery, QueueOwners owner, RedeliveryLog log) throws SQLException {
        log.recognise(owner.claim(new Batch(List.of(delivery))));
        delivery.decision().add(InboxCopy.of(Messages.read(delivery), "bob", "alice", 150));
        database.inTransaction(connection -> log.remember(new Batch(List.of(delivery)), connection));
        return delivery;
    }

    private void recognise(Delivery... deliveries) throws SQLException {
        attempts.recognise(owners.claim(new Batch(List.of(deliveries))));
    }
}
