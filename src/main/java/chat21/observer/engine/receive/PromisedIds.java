package chat21.observer.engine.receive;

import java.util.UUID;

import org.springframework.amqp.core.MessageProperties;

import chat21.observer.message.Publication;
import chat21.observer.protocol.MessageIds;

/** Gives each message its id: the one that this application's REST API has promised to its caller, else a new one. */
public final class PromisedIds {

    private final MessageIds ids;
    private final String ownUser;

    /** @param ownUser what this application is to the broker */
    public PromisedIds(MessageIds ids, String ownUser) {
        this.ids = ids;
        this.ownUser = ownUser;
    }

    UUID idOf(MessageProperties properties) {
        String promised = properties.getMessageId();
        if (promised == null || !isOurs(properties)) {
            return ids.next();
        }
        try {
            return UUID.fromString(promised);
        } catch (IllegalArgumentException e) {
            return ids.next();
        }
    }

    /** Whether it comes from the REST API, for a back end that may say what other callers may not. */
    boolean isVouched(MessageProperties properties) {
        return isOurs(properties) && Boolean.TRUE.equals(properties.getHeader(Publication.VOUCHED));
    }

    /** The queue where this application's REST API waits for what becomes of a message, or null. */
    String waitingQueueOf(MessageProperties properties) {
        return isOurs(properties) ? properties.getReplyTo() : null;
    }

    // Anybody may write into the properties of a message, but the broker lets nobody write another user's name.
    private boolean isOurs(MessageProperties properties) {
        return ownUser.equals(properties.getReceivedUserId());
    }
}
