package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.engine.receive.AboutBody;
import chat21.observer.message.Change;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Deliveries;

/** The second half of each update: looked up, changed and told, within the transaction of its batch. */
class ChangeRoutesTest {

    private static final String ROUTES = """
            raise-status, receipts, find+raise, inbox:clientupdated?of=messages+event:message-return-receipt
            merge-patch, conversationPatches, find+merge, inbox:clientupdated?of=conversations
            move-to-archive, archives, find+archive, inbox:clientdeleted?of=conversations
            move-to-archive, archives, find+archive, inbox:clientadded?of=archived_conversations+event:conversation-archived
            change-presence, presences+presenceNews, find+move+record+find, inbox:clientupdated?of=presences+event:presence-change
            store-ready-message, readyMessages+readyMessageStore, find+message+timeline+conversation, inbox:clientadded+event:message-delivered
            """;

    private final Delivery delivery = Deliveries.outgoing("{}");
    private final Recorder recorder = new Recorder();

    @ParameterizedTest
    @CsvSource(textBlock = ROUTES)
    void whatIsLookedUpIsChangedAndThenTold(String name, String bean, String calls, String told) throws Exception {
        try (RouteFixture route = route(name, bean)) {
            assertThat(route.send(delivery, delivery).getException()).isNull();

            for (String endpoint : told.split("\\+")) {
                assertThat(route.sentTo(endpoint).getExchanges()).extracting(e -> e.getMessage().getBody())
                        .as(endpoint).containsExactly(delivery);
            }
        }
        assertThat(recorder.calls()).containsExactly(calls.split("\\+"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = ROUTES)
    void whatIsRefusedIsRefusedAtItsStepAndToldToNobody(String name, String bean, String calls, String told) throws Exception {
        Refusal refusal = new Refusal(Reason.NOT_FOUND, "no");
        recorder.failOn("find", refusal);
        try (RouteFixture route = route(name, bean)) {
            assertThat(route.send(delivery, delivery).getException()).isNull();

            for (String endpoint : told.split("\\+")) {
                assertThat(route.sentTo(endpoint).getExchanges()).as(endpoint).isEmpty();
            }
        }
        assertThat(recorder.calls()).containsExactly("find");
        assertThat(delivery.decision().refusal()).isSameAs(refusal);
    }

    @Test
    void whoComesToAUserThatIsThereIsToldToNobody() throws Exception {
        try (RouteFixture route = new RouteFixture("change-presence")
                .bind("presences", new Nothing()).bind("presenceNews", recorder).start()) {
            assertThat(route.send(delivery, delivery).getException()).isNull();

            assertThat(route.sentTo("event:presence-change").getExchanges()).isEmpty();
        }
    }

    /** Has nothing to tell. */
    public static final class Nothing {
        public Object find(Object body) {
            return body;
        }

        public Object move(Object body) {
            return body;
        }

        public Object record(Object body) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({"raise-status", "merge-patch", "move-to-archive", "change-presence", "store-ready-message"})
    void eachChangeTakesTheRouteThatItNames(String name) throws Exception {
        Change change = () -> name;
        try (RouteFixture route = making()) {
            assertThat(route.send(change, delivery).getException()).isNull();

            assertThat(route.called(name).getExchanges()).extracting(e -> e.getMessage().getBody()).containsExactly(change);
        }
    }

    @Test
    void aChangeThatNoRouteMakesFails() throws Exception {
        try (RouteFixture route = making()) {
            Change change = () -> "paint-it-black";

            assertThat(route.send(change, delivery).getException()).hasMessageContaining("paint-it-black");
        }
    }

    @Test
    void aChangeIsMadeForTheDeliveryThatAsksForIt() throws Exception {
        delivery.decision().add((Change) () -> "raise-status");
        try (RouteFixture route = applying()) {
            assertThat(route.send(new Part(delivery), null).getException()).isNull();

            List<Exchange> made = route.called("make-change").getExchanges();
            assertThat(made).extracting(e -> e.getMessage().getBody()).containsExactly(delivery.decision().change());
            assertThat(made).extracting(e -> e.getProperty("delivery")).containsExactly(delivery);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = ROUTES)
    void whateverElseFailsIsLeftToTheBatch(String name, String bean, String calls, String told) throws Exception {
        SQLException gone = new SQLException("gone", "08006");
        recorder.failOn("find", gone);
        try (RouteFixture route = route(name, bean)) {
            assertThat(route.send(delivery, delivery).getException()).isSameAs(gone);
        }
        assertThat(recorder.calls()).containsExactly("find");
        assertThat(delivery.decision().refusal()).isNull();
    }

    // As the error policy of the routes behind it leaves the exchange.
    @Test
    void whatIsFoundOnlyThenRefusesItsDeliveryAndEndsNothingElse() throws Exception {
        delivery.decision().add((Change) () -> "raise-status");
        try (RouteFixture route = applying()) {
            route.called("make-change").whenAnyExchangeReceived(e -> e.getExchangeExtension().setErrorHandlerHandled(true));
            Exchange sent = route.send(new Part(delivery), null);

            assertThat(sent.getException()).isNull();
            // Else the parts after it would not be stored.
            assertThat(sent.getExchangeExtension().isErrorHandlerHandledSet()).isFalse();
        }
    }

    @Test
    void whateverElseFailsEndsTheTransaction() throws Exception {
        delivery.decision().add((Change) () -> "raise-status");
        SQLException gone = new SQLException("gone", "08006");
        try (RouteFixture route = applying()) {
            route.called("make-change").whenAnyExchangeReceived(e -> {
                throw gone;
            });

            assertThat(route.send(new Part(delivery), null).getException()).isSameAs(gone);
        }
        assertThat(delivery.decision().refusal()).isNull();
    }

    @Test
    void aPartWithoutAChangeMakesNone() throws Exception {
        try (RouteFixture route = applying()) {
            assertThat(route.send(new Part(delivery), null).getException()).isNull();

            assertThat(route.called("make-change").getExchanges()).isEmpty();
        }
    }

    /** A part of a batch, as the route asks about it. */
    public record Part(Delivery last) {

        public Change change() {
            return last.decision().change();
        }
    }

    private RouteFixture route(String name, String beans) throws Exception {
        RouteFixture route = new RouteFixture(name).bind("isDelivered", AboutBody.is(Object.class, any -> true));
        for (String bean : beans.split("\\+")) {
            route.bind(bean, recorder);
        }
        return route.start();
    }

    private static RouteFixture making() throws Exception {
        return new RouteFixture("make-change").bind("changeName", AboutBody.of(Change.class, Change::name)).start();
    }

    private static RouteFixture applying() throws Exception {
        return new RouteFixture("apply-change")
                .bind("asksForChange", AboutBody.is(Part.class, part -> part.change() != null))
                .bind("changingDelivery", AboutBody.of(Part.class, Part::last))
                .bind("changeOfPart", AboutBody.of(Part.class, Part::change)).start();
    }
}
