package chat21.observer.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import com.rabbitmq.client.AMQP;
import org.junit.jupiter.api.Test;

import chat21.observer.inbox.InboxCopy;
import chat21.observer.message.MessageReader;
import chat21.observer.message.PayloadLimits;
import chat21.observer.message.Payloads;
import chat21.observer.message.Status;
import chat21.observer.publish.Publication;
import chat21.observer.store.Change;
import chat21.observer.store.FirstAttempt;

class DeliveryTest {

    private final Delivery delivery = new Delivery("messages", "apps.tilechat.outgoing.users.alice.messages.bob.outgoing",
            "{}".getBytes(StandardCharsets.UTF_8), false, null, 1, 0, UUID.randomUUID());
    private final Publication event = Publication.json("", "webhooks", new byte[0]);

    @Test
    void whatStoringAnnouncedIsToldByTheNextAttemptToo() {
        decide();
        delivery.outcome().announce(event);
        delivery.markStored();

        delivery.startAgain();

        assertThat(delivery.outcome().announcements()).containsExactly(event);
        assertThat(delivery.outcome().copies()).isEmpty();
    }

    @Test
    void whatAStoredChangeAnnouncedIsToldByTheNextAttemptOnce() {
        Publication named = new Publication("", "webhooks", new AMQP.BasicProperties.Builder().messageId("e1").build(),
                new byte[0]);
        delivery.startAgain();
        delivery.outcome().add((Change) () -> "none");
        delivery.outcome().announce(named);
        delivery.markStored();

        delivery.startAgain();
        // The change is made once more: it may tell the same, or find that nothing is left to change.
        delivery.outcome().announce(named);

        assertThat(delivery.outcome().announcements()).containsExactly(named);
        assertThat(delivery.mayBeStored()).isTrue();
    }

    @Test
    void whatAnAttemptAnnouncedThatDidNotStoreIsForgotten() {
        decide();
        delivery.outcome().announce(event);

        delivery.startAgain();

        assertThat(delivery.outcome().announcements()).isEmpty();
    }

    @Test
    void whatTheClientHasSentBeforeIsLookedForAnewByTheNextAttempt() {
        String own = delivery.messageId();
        delivery.resendOf(new FirstAttempt("first", 5));
        assertThat(delivery.messageId()).isEqualTo("first");
        assertThat(delivery.alreadyStored()).isTrue();
        delivery.markStored();

        delivery.startAgain();

        assertThat(delivery.messageId()).isEqualTo(own);
        assertThat(delivery.alreadyStored()).isFalse();
        assertThat(delivery.wasDuplicate()).isFalse();
    }

    @Test
    void whatIsStoredIsStoredForTheNextAttemptToo() {
        decide();
        delivery.markStored();

        delivery.startAgain();

        assertThat(delivery.alreadyStored()).isTrue();
        assertThat(delivery.wasDuplicate()).isFalse();
    }

    private void decide() {
        delivery.outcome().add(InboxCopy.of(new MessageReader(new Payloads(new PayloadLimits(1_024, 50, 100)))
                .read(delivery), "alice", "bob", Status.SENT));
    }
}
