package chat21.observer.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import com.rabbitmq.client.AMQP;
import org.junit.jupiter.api.Test;

import chat21.observer.protocol.PayloadLimits;
import chat21.observer.protocol.Status;

class DeliveryTest {

    private final Delivery delivery = new Delivery("messages", "apps.tilechat.outgoing.users.alice.messages.bob.outgoing",
            "{}".getBytes(StandardCharsets.UTF_8), false, null, 1, 0, UUID.randomUUID());
    private final Publication event = Publication.json("", "webhooks", new byte[0]);

    @Test
    void whatStoringAnnouncedIsToldByTheNextAttemptToo() {
        decide();
        delivery.decision().announce(event);
        delivery.markStored();

        delivery.startAgain();

        assertThat(delivery.decision().announcements()).containsExactly(event);
        assertThat(delivery.decision().copies()).isEmpty();
    }

    @Test
    void whatAStoredChangeAnnouncedIsToldByTheNextAttemptOnce() {
        Publication named = new Publication("", "webhooks", new AMQP.BasicProperties.Builder().messageId("e1").build(),
                new byte[0]);
        delivery.startAgain();
        delivery.decision().add((Change) () -> "none");
        delivery.decision().announce(named);
        delivery.markStored();

        delivery.startAgain();
        // The change is made once more: it may tell the same, or find that nothing is left to change.
        delivery.decision().announce(named);

        assertThat(delivery.decision().announcements()).containsExactly(named);
        assertThat(delivery.mayBeStored()).isTrue();
    }

    @Test
    void whatAnAttemptAnnouncedThatDidNotStoreIsForgotten() {
        decide();
        delivery.decision().announce(event);

        delivery.startAgain();

        assertThat(delivery.decision().announcements()).isEmpty();
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
        delivery.decision().add(InboxCopy.of(new MessageReader(new Payloads(new PayloadLimits(1_024, 50, 100)))
                .read(delivery), "alice", "bob", Status.SENT));
    }
}
