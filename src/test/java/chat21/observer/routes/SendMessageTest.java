package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.database.DatabaseAway;
import chat21.observer.engine.receive.AboutBody;
import chat21.observer.flow.block.SenderPolicy;
import chat21.observer.flow.inbox.Members;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.message.Group;
import chat21.observer.message.Lookups;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.MessageReader;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;

class SendMessageTest {

    private final Recorder recorder = new Recorder();
    private final RouteFixture route = new RouteFixture("send-message").bind("rateLimit", recorder)
            .bind("resends", recorder).bind("policies", recorder).bind("senderPolicy", new SenderPolicy())
            .bind("messageReader", new MessageReader(Messages.PAYLOADS))
            .bind("isGroup", AboutBody.is(ChatMessage.class, new Members(10, Set.of())::isGroup));

    @BeforeEach
    void start() throws Exception {
        route.start();
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void aMessageToAUserIsReadAndSentOnAsDirect() {
        Delivery delivery = Deliveries.outgoing("{\"text\":\"hi\",\"sender\":\"eve\"}");

        route.send(delivery, delivery);

        ChatMessage message = route.called("send-direct").getExchanges().get(0).getMessage()
                .getBody(ChatMessage.class);
        assertThat(message.delivery()).isSameAs(delivery);
        assertThat(message.json().path("text").textValue()).isEqualTo("hi");
        assertThat(message.sender()).isEqualTo("alice");
        assertThat(route.called("send-to-group").getExchanges()).isEmpty();
        assertThat(recorder.calls()).containsExactly("admit", "recognise", "accept");
    }

    @Test
    void aStepThatCannotAskTheDatabaseLetsTheBatchWaitAtOnceAndRefusesNothing() {
        DatabaseAway away = new DatabaseAway(new SQLException("gone", "08006"));
        recorder.failOn("recognise", away);
        Delivery delivery = Deliveries.outgoing("{\"client_message_id\":\"1\"}");

        assertThat(route.send(delivery, delivery).getException()).isSameAs(away);

        assertThat(recorder.calls()).containsOnlyOnce("recognise");
        assertThat(delivery.decision().refusal()).isNull();
    }

    @Test
    void aMessageToAStoredGroupIsSentOnToTheGroup() {
        Delivery delivery = new Deliveries().to("team", "{}");
        delivery.lookups(new Lookups(Set.of(), Map.of(),
                Map.of(new Key("a", "team"), new Group("a", "team", Set.of("alice")))));

        route.send(delivery, delivery);

        assertThat(route.called("send-to-group").getExchanges()).hasSize(1);
        assertThat(route.called("send-direct").getExchanges()).isEmpty();
    }

    @Test
    void allOfABannedSenderIsRefused() {
        Delivery delivery = Deliveries.outgoing("{}");
        delivery.lookups(new Lookups(Set.of(new Key("a", "alice")), Map.of(), Map.of()));

        assertRefused(delivery, Reason.SENDER_BANNED);
    }

    @Test
    void aBadPayloadIsRefused() {
        assertRefused(Deliveries.outgoing("[]"), Reason.BAD_PAYLOAD);
    }

    @Test
    void aBadFieldIsRefused() {
        assertRefused(Deliveries.outgoing("{\"text\":{}}"), Reason.BAD_FIELD);
    }

    @Test
    void whoSendsTooMuchIsRefusedUnread() {
        recorder.failOn("admit", new Refusal(Reason.RATE_LIMITED, "too much"));

        assertRefused(Deliveries.outgoing("[]"), Reason.RATE_LIMITED);
        assertThat(recorder.calls()).containsExactly("admit");
    }

    private void assertRefused(Delivery delivery, Reason reason) {
        assertThat(route.send(delivery, delivery).getException()).isNull();

        assertThat(delivery.decision().refusal().reason()).isEqualTo(reason);
        assertThat(route.called("send-direct").getExchanges()).isEmpty();
        assertThat(route.called("send-to-group").getExchanges()).isEmpty();
    }
}
