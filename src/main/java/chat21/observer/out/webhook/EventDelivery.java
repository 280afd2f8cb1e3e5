package chat21.observer.out.webhook;

import java.util.List;

import com.rabbitmq.client.Channel;

/**
 * What the broker handed over from the queue of an endpoint: one event or several, acknowledged together.
 *
 * @param tries   one of each event
 * @param channel the channel on which it must be acknowledged
 * @param tag     its delivery tag
 */
public record EventDelivery(List<WebhookTry> tries, Channel channel, long tag) {
}
