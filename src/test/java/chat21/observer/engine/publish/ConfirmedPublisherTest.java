package chat21.observer.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import chat21.observer.message.Publication;

class ConfirmedPublisherTest {

    private int opened;

    @Test
    void aConnectionThatIsLostBeforeItsChannelCanBeUsedIsAskedForAgain() {
        Channel lost = standIn(Channel.class, Map.of("isOpen", false, "confirmSelect", new IOException("lost")));
        ChannelProxy proxy = standIn(ChannelProxy.class, Map.of("getTargetChannel", lost));
        Connection connection = standIn(Connection.class, Map.of("createChannel", proxy));
        try (ConfirmedPublisher publisher = new ConfirmedPublisher(standIn(ConnectionFactory.class, Map.of("createConnection",
                connection)), "test", new Tries(1, 1, 1), 1_000, new SimpleMeterRegistry())) {
            List<Publication> some = List.of(new Publication("", "queue", new AMQP.BasicProperties(), new byte[1]));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> publisher.publish(some)).isInstanceOf(IOException.class).hasMessage("lost");
            }
        }
        assertThat(opened).isEqualTo(2);
    }

    // What has no answer of its own says nothing; an exception is thrown.
    private <T> T standIn(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            opened += method.getName().equals("createChannel") ? 1 : 0;
            Object answer = answers.get(method.getName());
            if (answer instanceof Exception failure) {
                throw failure;
            }
            return answer;
        }));
    }
}
