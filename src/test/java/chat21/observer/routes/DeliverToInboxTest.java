package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.engine.receive.AboutBody;
import chat21.observer.flow.block.SenderPolicy;
import chat21.observer.flow.inbox.InboxComponent;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.Lookups;
import chat21.observer.message.Lookups.Key;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;

class DeliverToInboxTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RouteFixture route = new RouteFixture("deliver-to-inbox")
            .bind("isWelcome", AboutBody.is(InboxCopy.class, new SenderPolicy()::isWelcome))
            .bind("policies", new Recorder()).component("inbox", new InboxComponent("amq.topic", meters));
    private final Delivery delivery = Deliveries.outgoing("{}");
    private final ChatMessage message = Messages.read(delivery);
    private final InboxCopy own = InboxCopy.of(message, "alice", "bob", 100);
    private final InboxCopy bobs = InboxCopy.of(message, "bob", "alice", 150);

    @BeforeEach
    void start() throws Exception {
        route.start();
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void copiesAreLetInInTheirOrder() {
        route.send(own, delivery);
        route.send(bobs, delivery);

        assertThat(delivery.decision().copies()).containsExactly(own, bobs);
    }

    @Test
    void whoBlockedTheSenderGetsNothingButTheSenderKeepsItsOwn() {
        delivery.lookups(new Lookups(Set.of(), Map.of(new Key("a", "alice"), Set.of("bob", "alice")), Map.of()));

        route.send(own, delivery);
        route.send(bobs, delivery);

        assertThat(delivery.decision().copies()).containsExactly(own);
    }

    @Test
    void aBlockOfAnotherAppOrSenderDoesNotCount() {
        delivery.lookups(new Lookups(Set.of(), Map.of(new Key("b", "alice"), Set.of("bob"), new Key("a", "bob"),
                Set.of("bob")), Map.of()));

        route.send(bobs, delivery);

        assertThat(delivery.decision().copies()).containsExactly(bobs);
    }

    @Test
    void eachCopyThatIsLetInIsCountedAtItsEndpoint() {
        route.send(own, delivery);
        route.send(bobs.asDropped(), delivery);

        assertThat(delivery.decision().copies()).containsExactly(own);
        assertThat(meters.get("chat21_inbox_entries").tags("event", "clientadded", "list", "messages").counter().count())
                .isEqualTo(1);
    }
}
