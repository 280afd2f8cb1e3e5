package chat21.observer.out.webhook;

import com.rabbitmq.client.Channel;

/**
 * One event on its way to one endpoint, as the broker handed it over.
 *
 * @param endpoint where it is posted to
 * @param eventId  its id, the same over all tries and endpoints
 * @param type     what it tells of, or null
 * @param number   which try this is; the first is 1
 * @param body     its JSON, not to be changed
 * @param channel  the channel on which it came, where its next stay is published
 */
public record WebhookTry(Endpoint endpoint, String eventId, String type, int number, byte[] body,
        Channel channel) {

    /** The header that says which try a message is. */
    static final String NUMBER = "x-try";
    /** The header that says why the try before it failed. */
    static final String LAST_ERROR = "x-last-error";
}
