package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;

import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.flow.inbox.Inboxes;
import chat21.observer.flow.inbox.Members;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.testing.Messages;

class SendDirectTest {

    @Test
    void theSendersCopyGoesFirstAndThenTheRecipients() throws Exception {
        ChatMessage message = Messages.to("bob", "{}");
        try (RouteFixture route = new RouteFixture("send-direct")
                .bind("directCopies", AboutBody.of(ChatMessage.class, new Inboxes(new Members(10, Set.of()))::ofDirect))
                .start()) {
            route.called("deliver-to-inbox").expectedPropertyReceived(Refusals.DELIVERY, message.delivery());

            route.send(message, message.delivery());

            route.called("deliver-to-inbox").assertIsSatisfied();
            assertThat(route.called("deliver-to-inbox").getExchanges())
                    .extracting(e -> e.getMessage().getBody(InboxCopy.class))
                    .containsExactly(InboxCopy.of(message, "alice", "bob", 100),
                            InboxCopy.of(message, "bob", "alice", 150));
        }
    }
}
