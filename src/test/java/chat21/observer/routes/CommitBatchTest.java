package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.database.DatabaseAway;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Status;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;

class CommitBatchTest {

    private final Recorder recorder = new Recorder();
    private final RouteFixture route = new RouteFixture("commit-batch");
    private final Deliveries broker = new Deliveries();
    private final Delivery first = broker.to("bob", "{\"n\":1}");
    private final Delivery second = broker.to("bob", "{\"n\":2}");
    private final Batch batch = new Batch(List.of(first, second));
    private boolean isAnyToBeStored = true;

    /** Says as the real one does what is to be decided; of the rest only the call matters. */
    public record RoomForThree(Recorder recorder, LargeGroups real) {

        public Iterator<Delivery> undecided(Batch batch) {
            return real.undecided(batch);
        }

        public Object holdBack(Object body) throws Exception {
            return recorder.holdBack(body);
        }
    }

    @BeforeEach
    void start() throws Exception {
        for (String bean : List.of("queueOwners", "redeliveryLog", "batchLookUp", "batchStore", "webhookEvents",
                "batchPublisher")) {
            route.bind(bean, recorder);
        }
        route.bind("largeGroups", new RoomForThree(recorder, new LargeGroups(100, 3)));
        route.bind("isToBeStored", AboutBody.is(Batch.class, any -> isAnyToBeStored));
        route.start();
        route.called("store-batch").whenAnyExchangeReceived(e -> recorder.store(e.getMessage().getBody()));
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void aBatchIsRecognisedThenStoredThenPublished() {
        assertThat(route.send(batch, null).getException()).isNull();

        assertThat(recorder.calls()).containsSubsequence("claim", "recognise", "lookUp", "holdBack", "store", "markStored", "publish");
        assertThat(recorder.bodies()).containsOnly(batch);
    }

    @Test
    void eachMessageTakesTheFlowInTheOrderOfTheQueue() {
        route.send(batch, null);

        List<Exchange> received = route.called("receive").getExchanges();
        assertThat(received).extracting(e -> e.getMessage().getBody()).containsExactly(first, second);
        assertThat(received).extracting(e -> e.getProperty(Refusals.DELIVERY)).containsExactly(first, second);
    }

    @Test
    void whatIsGivenUpTakesTheFlowNoMore() {
        first.condemn(new Refusal(Reason.PROCESSING_FAILED, "each time"));
        first.startAgain();

        route.send(batch, null);

        assertThat(route.called("receive").getExchanges()).extracting(e -> e.getMessage().getBody())
                .containsExactly(second);
    }

    @Test
    void whatThereIsNoRoomForIsLeftToALaterBatch() {
        Delivery third = broker.to("team", "{}");
        Batch burst = new Batch(List.of(first, second, third, broker.to("team", "{}")));
        route.called("receive").whenAnyExchangeReceived(e -> addCopies(e.getMessage().getBody(Delivery.class)));

        route.send(burst, null);

        assertThat(route.called("receive").getExchanges()).extracting(e -> e.getMessage().getBody())
                .containsExactly(first, second);
        assertThat(burst.deliveries()).containsExactly(first, second);
        assertThat(recorder.calls()).contains("store", "publish");
    }

    private static void addCopies(Delivery delivery) {
        ChatMessage message = Messages.read(delivery);
        for (String owner : List.of("alice", "b", "c", "team")) {
            delivery.decision().add(InboxCopy.of(message, owner, "team", Status.DELIVERED));
        }
    }

    // As the error policy of the route behind it leaves the exchange.
    @Test
    void aRefusedMessageKeepsNoOtherOfItsBatchFromItsWay() {
        route.called("receive").whenAnyExchangeReceived(e -> {
            if (e.getMessage().getBody() == first) {
                first.decision().refuse(new Refusal(Reason.BAD_PAYLOAD, "no"));
                e.getExchangeExtension().setErrorHandlerHandled(true);
            }
        });

        assertThat(route.send(batch, null).getException()).isNull();

        assertThat(route.called("receive").getExchanges()).extracting(e -> e.getMessage().getBody())
                .containsExactly(first, second);
        assertThat(recorder.calls()).containsSubsequence("holdBack", "store", "publish");
    }

    @Test
    void anOutageInTheMidstOfABatchEndsItAtOnceAndNothingOfItIsStored() {
        DatabaseAway away = new DatabaseAway(new SQLException("gone", "08006"));
        route.called("receive").whenAnyExchangeReceived(e -> {
            e.getMessage().getBody(Delivery.class).decision().interrupt();
            throw away;
        });

        assertThat(route.send(batch, null).getException()).isSameAs(away);

        assertThat(route.called("receive").getExchanges()).extracting(e -> e.getMessage().getBody()).containsExactly(first);
        assertThat(recorder.calls()).doesNotContain("holdBack", "store", "publish");
    }

    @Test
    void whatIsNotStoredIsNotPublished() {
        recorder.failOn("store", new SQLException("gone", "08006"));

        assertThat(route.send(batch, null).getException()).hasMessage("gone");

        assertThat(recorder.calls()).contains("store").doesNotContain("publish");
    }

    @Test
    void whatOnlyTellsPeopleSomethingNeedsNoTransaction() {
        isAnyToBeStored = false;

        route.send(batch, null);

        assertThat(recorder.calls()).contains("publish").doesNotContain("store");
    }
}
