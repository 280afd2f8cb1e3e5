package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.flow.presence.Presences;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;

/** The routes that read an update and note what it changes, and the error policy that all routes of the flow share. */
class UpdateRoutesTest {

    private static final String ROUTES = """
            update-receipt, receipts+changes, read+keep
            patch-conversation, conversationPatches+changes, read+keep
            archive-conversation, archives+changes, read+keep
            update-group, groupUpdates, read
            deliver-ready-message, readyMessages+changes, readDelivered+keep
            persist-message, readyMessages+changes, readPersisted+keep
            record-presence, presences+changes, read+keep
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
        assertThat(delivery.decision().refusal()).isNull();
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
        assertThat(delivery.decision().refusal().reason()).isEqualTo(Reason.BAD_FIELD);
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
        assertThat(delivery.decision().refusal().reason()).isEqualTo(Reason.PROCESSING_FAILED);
        assertThat(delivery.decision().copies()).isEmpty();
    }

    @Test
    void presenceIsIgnoredUnlessSwitchedOn() throws Exception {
        try (RouteFixture route = new RouteFixture("record-presence").bind("presences", recorder).bind("changes", recorder)
                .set("chat21.presence.enabled", "false").start()) {
            route.send(delivery, delivery);
        }

        assertThat(recorder.calls()).isEmpty();
        assertThat(delivery.decision().refusal()).isNull();
    }

    @Test
    void aGroupsNewsNeedNoChangeToBeTold() throws Exception {
        try (RouteFixture route = route("update-group", "groupUpdates")) {
            route.send(delivery, delivery);

            assertThat(route.sentTo("inbox:clientupdated?of=groups").getExchanges()).hasSize(1);
        }
    }

    @Test
    void whatClearsARetainedPresenceAsksForNoChange() throws Exception {
        try (RouteFixture route = new RouteFixture("record-presence").set("chat21.presence.enabled", "true")
                .bind("changes", recorder).bind("presences", new Presences(Messages.PAYLOADS, 1)).start()) {
            Delivery cleared = new Deliveries().on("apps.a.users.u.presence.c", "");

            assertThat(route.send(cleared, cleared).getException()).isNull();
            assertThat(cleared.decision().refusal()).isNull();
        }

        assertThat(recorder.calls()).isEmpty();
    }

    private RouteFixture route(String name, String bean) throws Exception {
        RouteFixture route = new RouteFixture(name).set("chat21.presence.enabled", "true");
        Arrays.stream(bean.split("\\+")).forEach(each -> route.bind(each, recorder));
        return route.start();
    }

    private static String last(String calls) {
        return Arrays.stream(calls.split("\\+")).reduce((a, b) -> b).orElseThrow();
    }
}
