package chat21.observer.engine.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageProperties;

import chat21.observer.message.Publication;
import chat21.observer.protocol.MessageIds;

class PromisedIdsTest {

    private final PromisedIds promised = new PromisedIds(new MessageIds(Clock.systemUTC()), "observer");
    private final UUID id = UUID.randomUUID();

    @Test
    void anIdOfOurOwnIsKept() {
        assertThat(promised.idOf(properties(id.toString(), "observer"))).isEqualTo(id);
    }

    @Test
    void anIdOfAStrangerIsNot() {
        assertThat(promised.idOf(properties(id.toString(), "alice"))).isNotEqualTo(id);
        assertThat(promised.idOf(properties(id.toString(), null))).isNotEqualTo(id);
    }

    @Test
    void withoutAnIdItIsANewOne() {
        assertThat(promised.idOf(properties(null, "observer"))).isNotNull();
        assertThat(promised.idOf(properties("no UUID", "observer"))).isNotNull();
    }

    @Test
    void aBackEndVouchesForAMessageWhereTheBrokerProvesThatItIsOurs() {
        MessageProperties ours = properties(id.toString(), "observer");
        MessageProperties strange = properties(id.toString(), "alice");

        assertThat(promised.isVouched(ours)).isFalse();
        ours.setHeader(Publication.VOUCHED, true);
        strange.setHeader(Publication.VOUCHED, true);
        assertThat(promised.isVouched(ours)).isTrue();
        assertThat(promised.isVouched(strange)).isFalse();
    }

    private static MessageProperties properties(String messageId, String user) {
        MessageProperties properties = new MessageProperties();
        properties.setMessageId(messageId);
        properties.setReceivedUserId(user);
        return properties;
    }
}
