package chat21.observer.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.receive.Outcome;

/** Tells other systems what happened, through the broker: protocol section 6. */
public final class WebhookEvents {

    /** A sender was told that its message was received. */
    public void returnReceipt(Outcome outcome, String app, String recipient, String messageId, ObjectNode patch,
            String topic) {
    }

    /** A user archived a conversation. */
    public void archived(Outcome outcome, String app, String user, String peer, ObjectNode conversation,
            String topic) {
    }

    /** A ready message was put into an inbox; {@code copy} is its JSON with its status. */
    public void delivered(Outcome outcome, String app, String user, String recipient, String messageId, byte[] copy,
            String topic) {
    }

    /** A user came or went. */
    public void presenceChange(Outcome outcome, String app, String user, boolean online) {
    }
}
