package chat21.observer.engine.refuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import chat21.observer.database.DatabaseAway;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;

class RefusalsTest {

    private final Delivery delivery = new Delivery("messages", "apps.a.outgoing.users.s.messages.r.outgoing",
            new byte[0], false, null, 1, 1, UUID.randomUUID());

    @Test
    void whileTheDatabaseIsAwayAMessageWaitsWithItsBatchAndIsNotRefused() {
        DatabaseAway away = new DatabaseAway(new SQLException("connection lost", "08006"));

        assertThatThrownBy(() -> new Refusals().refuse(thrown(away))).isSameAs(away);

        assertThat(delivery.decision().refusal()).isNull();
    }

    @Test
    void aFailingStepRefusesItsMessageAndSaysWhichErrorItWas() {
        new Refusals().refuse(thrown(new IllegalStateException("broken")));

        assertThat(delivery.decision().refusal().reason()).isEqualTo(Reason.PROCESSING_FAILED);
        assertThat(delivery.decision().refusal()).hasMessageContaining("broken");
    }

    private Exchange thrown(Exception exception) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, exception);
        exchange.setProperty(Refusals.DELIVERY, delivery);
        return exchange;
    }
}
