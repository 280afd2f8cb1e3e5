package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.engine.receive.AboutBody;
import chat21.observer.flow.inbox.Inboxes;
import chat21.observer.flow.inbox.Members;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.protocol.Reason;
import chat21.observer.testing.Messages;

class SendToGroupTest {

    private final RouteFixture route = new RouteFixture("send-to-group")
            .bind("groupCopies", AboutBody.of(ChatMessage.class, new Inboxes(new Members(10, Set.of()))::ofGroup));

    @BeforeEach
    void start() throws Exception {
        route.start();
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void eachMemberGetsACopyAndTheGroupItsOwn() {
        ChatMessage message = Messages.toStored("team", Set.of("alice", "bob"), "{}");

        route.send(message, message.delivery());

        assertThat(route.called("deliver-to-inbox").getExchanges())
                .extracting(e -> e.getMessage().getBody(InboxCopy.class))
                .containsExactlyInAnyOrder(InboxCopy.of(message, "alice", "team", 150),
                        InboxCopy.of(message, "bob", "team", 150), InboxCopy.of(message, "team", "team", 100));
    }

    @Test
    void whoIsNoMemberIsRefusedBeforeAnyCopy() {
        ChatMessage message = Messages.toStored("team", Set.of("bob"), "{}");

        assertThat(route.send(message, message.delivery()).getException()).isNull();

        assertThat(message.delivery().decision().refusal().reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(route.called("deliver-to-inbox").getExchanges()).isEmpty();
    }
}
