package chat21.observer.internals.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.impl.AMQImpl;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

class QuickRecoveryTest {

    private final FramesOfABroker ofTheFlow = new FramesOfABroker();
    private final FramesOfABroker ofOthers = new FramesOfABroker();
    private final CachingConnectionFactory own = new CachingConnectionFactory(ofTheFlow.factory(over -> { }));
    private final CachingConnectionFactory other = new CachingConnectionFactory(ofOthers.factory(over -> { }));
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        SpringRabbitMQComponent component = new SpringRabbitMQComponent();
        component.setConnectionFactory(own);
        component.setListenerContainerFactory(new QuickRecovery());
        component.setAutoDeclare(false);
        context.disableJMX();
        context.addComponent("spring-rabbitmq", component);
        context.getRegistry().bind("other", other);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("spring-rabbitmq:amq.topic?queues=messages&acknowledgeMode=MANUAL&prefetchCount=7").id("flow")
                        .to("log:flow");
                from("spring-rabbitmq:amq.topic?queues=webhooks&connectionFactory=#other&acknowledgeMode=MANUAL").id("other")
                        .to("log:other");
            }
        });
        context.start();
        await().until(() -> ofTheFlow.heard.contains("basic.consume") && ofOthers.heard.contains("basic.consume"));
    }

    @AfterEach
    void stop() {
        context.stop();
        own.destroy();
        other.destroy();
    }

    @Test
    void aRouteOfTheFlowStopsByClosingItsChannel() throws Exception {
        context.getRouteController().stopRoute("flow");

        await().until(() -> ofTheFlow.heard.contains("channel.close"));
        assertThat(ofTheFlow.heard).doesNotContain("basic.cancel").containsOnlyOnce("basic.consume");
    }

    @Test
    void aRouteWithAConnectionOfItsOwnFinishesWhatItHas() throws Exception {
        context.getRouteController().stopRoute("other");

        await().until(() -> ofOthers.heard.contains("basic.cancel"));
    }

    @Test
    void aConsumerWhoseChannelIsGoneComesBackInASecond() throws Exception {
        ofTheFlow.say(1, new AMQImpl.Channel.Close(541, "on purpose", 0, 0));

        await().until(() -> ofTheFlow.heard.stream().filter("basic.consume"::equals).count() == 2);
    }
}
