package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.testing.Deliveries;

class ReceiveTest {

    private final RouteFixture route = new RouteFixture("receive")
            .bind("topicSuffix", AboutBody.of(Delivery.class, Delivery::suffix));

    @BeforeEach
    void start() throws Exception {
        route.start();
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @ParameterizedTest
    @CsvSource({"apps.a.outgoing.users.s.messages.r.outgoing, send-message",
        "apps.a.users.u.messages.p.m.update, update-receipt",
        "apps.a.users.u.conversations.p.update, patch-conversation",
        "apps.a.users.u.conversations.p.archive, archive-conversation",
        "apps.a.users.u.presence.c, record-presence",
        "apps.observer.a.groups.update, update-group",
        "apps.observer.a.users.u.messages.p.delivered, deliver-ready-message",
        "apps.observer.a.users.u.messages.p.persist, persist-message"})
    void eachShapeOfTopicGoesItsOwnWay(String routingKey, String called) throws Exception {
        Delivery delivery = new Deliveries().on(routingKey, "{}");
        route.called(called).expectedBodiesReceived(delivery);
        route.called(called).expectedPropertyReceived(Refusals.DELIVERY, delivery);

        route.send(delivery, delivery);

        route.called(called).assertIsSatisfied();
        assertThat(route.called(called).getExchanges().get(0).getMessage().getHeaders()).isEmpty();
        assertThat(delivery.decision().refusal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apps.a.users.me.groups.update", "apps.a.users.u.messages.p.clientadded", "x"})
    void anyOtherShapeIsRefused(String routingKey) {
        Delivery delivery = new Deliveries().on(routingKey, "{}");

        // By its own branch, and not by the error policy.
        assertThat(route.send(delivery, delivery).getProperty(Exchange.EXCEPTION_CAUGHT)).isNull();

        assertThat(delivery.decision().refusal().reason()).isEqualTo(Reason.UNKNOWN_TOPIC);
    }

    @Test
    void aKnownShapeWithAnIdThatBreaksTopicsIsRefusedForTheId() {
        Delivery delivery = new Deliveries().on("apps.a.outgoing.users.s#.messages.r.outgoing", "{}");

        assertThat(route.send(delivery, delivery).getException()).isNull();

        assertThat(delivery.decision().refusal().reason()).isEqualTo(Reason.BAD_ID);
    }
}
