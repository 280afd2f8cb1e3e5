package chat21.observer.internals.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.AMQImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundlingConnectionTest {

    private final FramesOfABroker broker = new FramesOfABroker();
    private Connection connection;
    private Channel channel;

    @BeforeEach
    void connect() throws Exception {
        connection = broker.factory(over -> { }).newConnection();
        channel = connection.createChannel();
        broker.heard.clear();
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
    }

    @Test
    void messagesLeaveAtOnceWhereNoBundleIsOpen() throws Exception {
        publish();
        publish();

        assertThat(broker.heard).containsExactly("basic.publish", "flush", "basic.publish", "flush");
    }

    @Test
    void messagesOfABundleLeaveTogether() throws Exception {
        try (BundlingConnection.Bundle bundle = BundlingConnection.bundleOn(channel)) {
            publish();
            publish();
        }

        assertThat(broker.heard).containsExactly("basic.publish", "basic.publish", "flush");
    }

    @Test
    void messagesLeaveAtOnceAgainAfterABundle() throws Exception {
        BundlingConnection.bundleOn(channel).close();
        broker.heard.clear();

        publish();

        assertThat(broker.heard).containsExactly("basic.publish", "flush");
    }

    @Test
    void itKnowsWhetherTheBrokerTakesAnything() throws Exception {
        BooleanSupplier blocking = BundlingConnection.blocking(channel);
        assertThat(blocking.getAsBoolean()).isFalse();

        broker.say(0, new AMQImpl.Connection.Blocked("low on memory"));
        await().until(blocking::getAsBoolean);

        broker.say(0, new AMQImpl.Connection.Unblocked());
        await().until(() -> !blocking.getAsBoolean());
    }

    private void publish() throws IOException {
        channel.basicPublish("", "queue", null, new byte[1]);
    }
}
