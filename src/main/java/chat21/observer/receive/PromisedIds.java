package chat21.observer.receive;

import java.util.UUID;

import org.springframework.amqp.core.MessageProperties;

import chat21.observer.message.MessageIds;

/** Gives each message its id: the one that this application's REST API has promised to its caller, else a new one. */
public final class PromisedIds {

    private final MessageIds ids;
    private final String ownUser;

    /** @param ownUser what this application is to the broker */
    public PromisedIds(MessageIds ids, String ownUser) {
        this.ids = ids;
        this.ownUser = ownUser;
    }

    // Anybody may write an id into the properties of a message, but the broker lets nobody write another user's name.
    UUID idOf(MessageProperties properties) {
        String promised = properties.getMessageId();
        if (promised == null || !ownUser.equals(properties.getReceivedUserId())) {
            return ids.next();
        }
        try {
            return UUID.fromString(promised);
        } catch (IllegalArgumentException e) {
            return ids.next();
        }
    }
}
