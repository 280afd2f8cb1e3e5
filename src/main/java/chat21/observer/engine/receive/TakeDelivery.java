package chat21.observer.engine.receive;

import java.io.IOException;
import java.util.Arrays;

import com.rabbitmq.client.Channel;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.ChannelProxy;

import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.batch.Unacknowledged;
import chat21.observer.engine.broker.BindingProbe;
import chat21.observer.engine.broker.EdgeProperties;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.MessageIds;
import chat21.observer.protocol.Refusal;

/** Takes what the broker's consumer hands over and gives it to the batchQueue, with the id and time that it will keep. */
public final class TakeDelivery implements Processor {

    // Of what is too large to be read, an operator sees the beginning.
    private static final int BEGINNING = 4_096;

    private final BatchQueue batchQueue;
    private final int maxBytes;
    private final MessageIds ids;
    private final PromisedIds promisedIds;
    private final String ownUser;
    private final Unacknowledged unacknowledged;

    /**
     * @param maxBytes the largest payload; a larger one is let go of at once
     * @param ownUser  what this application is to the broker
     */
    public TakeDelivery(BatchQueue batchQueue, int maxBytes, MessageIds ids, String ownUser, Unacknowledged unacknowledged) {
        this.unacknowledged = unacknowledged;
        this.batchQueue = batchQueue;
        this.maxBytes = maxBytes;
        this.ids = ids;
        this.promisedIds = new PromisedIds(ids, ownUser);
        this.ownUser = ownUser;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        MessageProperties properties = exchange.getMessage().getHeader(EdgeProperties.HEADER, MessageProperties.class);
        Channel channel = own(exchange.getProperty(SpringRabbitMQConstants.CHANNEL, Channel.class));
        if (BindingProbe.isOne(properties, ownUser)) {
            channel.basicAck(properties.getDeliveryTag(), false);
            return;
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        boolean isTooLarge = body != null && body.length > maxBytes;
        Delivery delivery = new Delivery(properties.getConsumerQueue(), properties.getReceivedRoutingKey(),
                body == null ? new byte[0] : isTooLarge ? Arrays.copyOf(body, Math.min(BEGINNING, maxBytes)) : body, Boolean.TRUE.equals(properties.getRedelivered()), channel,
                properties.getDeliveryTag(), ids.now(), promisedIds.idOf(properties));
        if (isTooLarge) {
            delivery.refuseUnread(Refusal.tooLarge(body.length, maxBytes));
        }
        delivery.waitedForAt(promisedIds.waitingQueueOf(properties));
        Delivery taken = promisedIds.isVouched(properties) ? delivery.vouch() : delivery;
        unacknowledged.add(taken);
        batchQueue.add(taken);
    }

    // Spring's channels reopen behind one's back, and then would acknowledge something else under the same number.
    private static Channel own(Channel channel) {
        return channel instanceof ChannelProxy proxy ? proxy.getTargetChannel() : channel;
    }
}
