package chat21.observer.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.testing.Deliveries;

class BalanceTest {

    @ParameterizedTest(name = "of {3} queues on {4} nodes: a has {0}, b {1}, c {2}")
    @CsvSource({
        "4, 0, 0, 4, 1, false", // alone
        "4, 0, 0, 4, 2, true",
        "3, 1, 0, 4, 2, true",
        "2, 2, 0, 4, 2, false",
        "1, 3, 0, 4, 2, false", // the other one lets go
        "3, 2, 0, 5, 2, false",
        "2, 2, 0, 4, 3, true", // c would have none
        "2, 1, 1, 4, 3, false",
        "2, 1, 0, 4, 3, false", // one is on its way to c
        "2, 0, 0, 2, 3, true",
        "1, 1, 0, 2, 3, false"})
    void aNodeLetsGoWhatIsBeyondItsShare(int a, int b, int c, int queues, int nodes, boolean expected) {
        Map<String, Integer> counts = new HashMap<>(Map.of("a", a, "b", b, "c", c));
        counts.values().removeIf(count -> count == 0);

        assertThat(Balance.hasTooMany("a", counts, queues, nodes)).isEqualTo(expected);
    }

    @Test
    void ofTwoThatCouldServeANodeWithoutAQueueOneDoes() {
        Map<String, Integer> counts = Map.of("a", 2, "b", 2);

        assertThat(Balance.hasTooMany("a", counts, 4, 3)).isTrue();
        assertThat(Balance.hasTooMany("b", counts, 4, 3)).isFalse();
    }

    @Test
    void aQueueThatWasLetGoIsConsumedAgainEvenIfThatFailsAtFirst() throws Exception {
        List<String> queues = List.of("q.0", "q.1");
        Deliveries broker = new Deliveries();
        AtomicInteger failures = new AtomicInteger();
        try (DefaultCamelContext camel = new DefaultCamelContext();
                Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", "", 2,
                        5_000, false))) {
            camel.addComponent("stubborn", new Stubborn(failures));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    queues.forEach(q -> from("stubborn:" + q).routeId("consume-messages-" + q.substring(2)).to("mock:end"));
                }
            });
            camel.start();
            QueueOwners owners = new QueueOwners(database, "here", Set.of());
            for (String queue : queues) {
                owners.claim(new Batch(List.of(broker.from(queue, "text"))));
            }
            Balance balance = new Balance(queues, owners, new BatchQueue(10, 1_000_000, 0, new LargeGroups(2)),
                    new ConsumerRoutes(camel, new Partitions("q", 2)), 0);
            failures.set(1);

            assertThatThrownBy(() -> balance.look(2)).hasMessageContaining("not now");
            assertThat(camel.getRouteController().getRouteStatus("consume-messages-1").isStarted()).isFalse();

            balance.look(2);
            assertThat(camel.getRouteController().getRouteStatus("consume-messages-1").isStarted()).isTrue();
        }
    }

    /** Its consumers cannot start as often as it is told. */
    private static final class Stubborn extends DefaultComponent {

        private final AtomicInteger failures;

        private Stubborn(AtomicInteger failures) {
            this.failures = failures;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor) {
                        @Override
                        protected void doStart() throws Exception {
                            super.doStart();
                            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                                throw new IllegalStateException("not now");
                            }
                        }
                    };
                }
            };
        }
    }
}
