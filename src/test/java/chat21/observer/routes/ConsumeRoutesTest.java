package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.batch.Unacknowledged;
import chat21.observer.engine.broker.EdgeProperties;
import chat21.observer.engine.broker.Intake;
import chat21.observer.engine.receive.TakeDelivery;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.MessageIds;
import chat21.observer.protocol.Reason;
import chat21.observer.testing.Deliveries;

/** The two entrances of the flow; the broker is replaced by a direct endpoint. */
class ConsumeRoutesTest {

    @ParameterizedTest
    @CsvSource({"consume-messages, messages", "consume-persist, persist"})
    void whatTheBrokerHandsOverWaitsForTheNextBatch(String name, String queue) throws Exception {
        BatchQueue batchQueue = new BatchQueue(10, 1_000, 0, new LargeGroups(100));
        Delivery like = Deliveries.outgoing("{}");
        MessageIds ids = new MessageIds(Clock.systemUTC());
        try (RouteFixture route = new RouteFixture(name)
                .bind("takeDelivery", new TakeDelivery(batchQueue, 100, ids, "guest", new Unacknowledged()))) {
            CamelContext camel = load(route, name, queue);
            AdviceWith.adviceWith(camel, name, false, advice -> advice.replaceFromWith("direct:" + name));
            camel.start();

            Exchange done = camel.createFluentProducerTemplate().to("direct:" + name).withProcessor(exchange -> {
                MessageProperties properties = new MessageProperties();
                properties.setConsumerQueue(queue);
                properties.setReceivedRoutingKey(like.routingKey());
                properties.setDeliveryTag(7);
                properties.setRedelivered(true);
                properties.setExpiration("1");
                exchange.getMessage().setHeader(EdgeProperties.HEADER, properties);
                exchange.getMessage().setBody("{\"text\":\"hi\"}".getBytes(StandardCharsets.UTF_8));
                exchange.setProperty(SpringRabbitMQConstants.CHANNEL, like.channel());
            }).send();
            assertThat(done.getException()).isNull();
        }

        Delivery taken = batchQueue.next(1).deliveries().get(0);
        assertThat(taken.queue()).isEqualTo(queue);
        assertThat(taken.routingKey()).isEqualTo(like.routingKey());
        assertThat(taken.body()).asString().isEqualTo("{\"text\":\"hi\"}");
        assertThat(taken.redelivered()).isTrue();
        assertThat(taken.tag()).isEqualTo(7);
        assertThat(taken.channel()).isSameAs(like.channel());
        assertThat(taken.messageId()).hasSize(36);
    }

    @ParameterizedTest
    @CsvSource({"consume-messages, messages", "consume-persist, persist"})
    void whatIsTooLargeIsLetGoOfAtOnceAndRefused(String name, String queue) throws Exception {
        Intake intake = Intake.unbounded();
        BatchQueue batchQueue = new BatchQueue(10, 1_000, 0, new LargeGroups(100), intake);
        Delivery like = Deliveries.outgoing("{}");
        MessageIds ids = new MessageIds(Clock.systemUTC());
        try (RouteFixture route = new RouteFixture(name)
                .bind("takeDelivery", new TakeDelivery(batchQueue, 100, ids, "guest", new Unacknowledged()))) {
            CamelContext camel = load(route, name, queue);
            AdviceWith.adviceWith(camel, name, advice -> advice.replaceFromWith("direct:" + name));
            camel.start();
            camel.createFluentProducerTemplate().to("direct:" + name).withProcessor(exchange -> {
                MessageProperties properties = new MessageProperties();
                properties.setConsumerQueue(queue);
                properties.setReceivedRoutingKey(like.routingKey());
                exchange.getMessage().setHeader(EdgeProperties.HEADER, properties);
                exchange.getMessage().setBody(("{\"text\":\"" + "x".repeat(1_000_000) + "\"}").getBytes(StandardCharsets.UTF_8));
                exchange.setProperty(SpringRabbitMQConstants.CHANNEL, like.channel());
            }).send();
        }

        Delivery taken = batchQueue.next(1).deliveries().get(0);
        assertThat(taken.body()).hasSize(100);
        assertThat(intake.bytes()).isEqualTo(100);
        taken.startAgain();
        assertThat(taken.decision().refusal()).hasMessageContaining("1000011 bytes");
        assertThat(taken.decision().refusal().reason()).isEqualTo(Reason.PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"consume-messages, messages", "consume-persist, persist"})
    void theEntranceAcknowledgesNothingItselfAndRepliesToNobody(String name, String queue) throws Exception {
        try (RouteFixture route = new RouteFixture(name).bind("takeDelivery", (Processor) e -> { })
                .set("chat21.active." + queue, "false").set("chat21.queues." + queue, "my-" + queue)) {
            CamelContext camel = load(route, name, "my-" + queue);
            SpringRabbitMQComponent component = new SpringRabbitMQComponent();
            component.setConnectionFactory(new CachingConnectionFactory("127.0.0.1"));
            camel.addComponent("spring-rabbitmq", component);
            camel.start();

            SpringRabbitMQEndpoint endpoint = (SpringRabbitMQEndpoint) camel.getRoute(name).getEndpoint();
            assertThat(endpoint.getAcknowledgeMode()).isEqualTo(AcknowledgeMode.MANUAL);
            assertThat(endpoint.isDisableReplyTo()).isTrue();
            assertThat(endpoint.getQueues()).isEqualTo("my-" + queue);
            assertThat(endpoint.getExchangeName()).isEqualTo("amq.topic");
            assertThat(camel.getRouteController().getRouteStatus(name).isStopped()).isTrue();
        }
    }

    // The queue of messages may be one of several, so its route is made from a template.
    private static CamelContext load(RouteFixture route, String name, String queue) throws Exception {
        CamelContext camel = route.load();
        if (name.equals("consume-messages")) {
            route.consuming(queue);
        }
        return camel;
    }
}
