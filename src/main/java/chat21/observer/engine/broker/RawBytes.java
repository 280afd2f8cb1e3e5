package chat21.observer.engine.broker;

import java.nio.charset.StandardCharsets;

import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.converter.MessageConverter;

/** Hands bodies over as they came, whatever content type a stranger claims: nothing is decoded or deserialised. */
public final class RawBytes implements MessageConverter {

    @Override
    public Message toMessage(Object body, MessageProperties properties) {
        byte[] bytes = body instanceof byte[] raw ? raw : String.valueOf(body).getBytes(StandardCharsets.UTF_8);
        return new Message(bytes, properties);
    }

    @Override
    public Object fromMessage(Message message) {
        return message.getBody();
    }
}
