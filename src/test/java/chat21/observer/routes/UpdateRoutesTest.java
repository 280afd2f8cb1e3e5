package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.receive.Delivery;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.testing.Deliveries;

/** The routes that hand a delivery to one bean, and the error policy that all routes of the flow share. */
class UpdateRoutesTest {

    private static final String ROUTES = """
            update-receipt, receipts, check+record
            patch-conversation, conversationPatches, apply
            archive-conversation, archives, archive
            update-group, groupUpdates, announce
            deliver-ready-message, readyMessages, deliver
            persist-message, readyMessages, persist
            record-presence, presences, record
            """;

    private final Delivery delivery = Deliveries.outgoing("{}");
    private final Recorder recorder = new Recorder();

    @ParameterizedTest
    @CsvSource(textBlock = ROUTES)
    void theDeliveryIsHandedToItsBean(String name, String bean, String calls) throws Exception {
        try (RouteFixture route = route(name, bean)) {
            assertThat(route.send(delivery, delivery).getException()).isNull();
        }

        assertThat(recorder.calls()).containsExactly(calls.split("\\+"));
        assertThat(recorder.bodies()).containsOnly(delivery);
        assertThat(delivery.outcome().refusal()).isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = ROUTES)
    void whatTheBeanRefusesIsRefusedAtOnce(String name, String bean, String calls) throws Exception {
        String last = last(calls);
        recorder.failOn(last, new Refusal(Reason.BAD_FIELD, "no"));
        try (RouteFixture route = route(name, bean)) {
            assertThat(route.send(delivery, delivery).getException()).isNull();
        }

        assertThat(recorder.calls()).containsOnlyOnce(last);
        assertThat(delivery.outcome().refusal().reason()).isEqualTo(Reason.BAD_FIELD);
    }

    @ParameterizedTest
    @CsvSource(textBlock = ROUTES)
    void aStepThatFailsIsTriedAgainAndThenItsMessageIsRefused(String name, String bean, String calls) throws Exception {
        String last = last(calls);
        recorder.failOn(last, new IllegalStateException("broken"));
        try (RouteFixture route = route(name, bean).set("chat21.step.max-redeliveries", "2")) {
            assertThat(route.send(delivery, delivery).getException()).isNull();
        }

        assertThat(recorder.calls().stream().filter(last::equals)).hasSize(3);
        assertThat(delivery.outcome().refusal().reason()).isEqualTo(Reason.PROCESSING_FAILED);
        assertThat(delivery.outcome().copies()).isEmpty();
    }

    @Test
    void presenceIsIgnoredUnlessSwitchedOn() throws Exception {
        try (RouteFixture route = new RouteFixture("record-presence").bind("presences", recorder)
                .set("chat21.presence.enabled", "false").start()) {
            route.send(delivery, delivery);
        }

        assertThat(recorder.calls()).isEmpty();
        assertThat(delivery.outcome().refusal()).isNull();
    }

    private RouteFixture route(String name, String bean) throws Exception {
        return new RouteFixture(name).bind(bean, recorder).set("chat21.presence.enabled", "true").start();
    }

    private static String last(String calls) {
        return Arrays.stream(calls.split("\\+")).reduce((a, b) -> b).orElseThrow();
    }
}
