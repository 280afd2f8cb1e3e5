package chat21.observer.internals.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.SimpleRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScratchContextTest {

    private static final List<String> DONE = new CopyOnWriteArrayList<>();

    private final DefaultCamelContext owner = new DefaultCamelContext();
    private final ScratchContext scratch = new ScratchContext(owner, new OneSetting(), new SimpleRegistry(),
            Map.of("seen", Seen::new));

    @AfterEach
    void discard() {
        scratch.discard();
        DONE.clear();
    }

    @Test
    void routesArePreparedAndNotStarted() throws Exception {
        load();
        assertThat(scratch.size()).isEqualTo(1);

        scratch.prepare();

        assertThat(scratch.prepared()).extracting(Route::getRouteId).containsExactly("one");
        assertThat(DONE).containsExactly("consumer of seen://in");
        assertThat(scratch.prepared().get(0).getConsumer()).isInstanceOfSatisfying(DefaultConsumer.class,
                consumer -> assertThat(consumer.getStatus()).isNotEqualTo(ServiceStatus.Started));
    }

    @Test
    void whatStepsSendWithIsMadeWhereverTheyStand() throws Exception {
        load();
        scratch.prepare();
        DONE.clear();

        scratch.makeProducers(scratch.prepared().get(0));

        assertThat(DONE).containsExactly("producer of seen://first", "producer of seen://second");
    }

    private void load() throws Exception {
        scratch.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seen:{{entrance}}").id("one").to("seen:first").filter(constant(true)).to("seen:second");
            }
        });
    }

    private static final class OneSetting implements PropertiesSource {

        @Override
        public String getName() {
            return "one";
        }

        @Override
        public String getProperty(String name) {
            return name.equals("entrance") ? "in" : null;
        }
    }

    /** Tells what is made of it. */
    private static final class Seen extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    DONE.add("producer of " + uri);
                    return null;
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    DONE.add("consumer of " + uri);
                    return new DefaultConsumer(this, processor);
                }
            };
        }
    }
}
