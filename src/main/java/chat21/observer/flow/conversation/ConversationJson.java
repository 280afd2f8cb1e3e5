package chat21.observer.flow.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;

/** Writes conversations as clients read them: the last message's fields, the owner's own, and the state of the inbox. */
public final class ConversationJson {

    private static final String TEXT = "text";

    private final Payloads payloads;

    public ConversationJson(Payloads payloads) {
        this.payloads = payloads;
    }

    ObjectNode write(String owner, String peer, ConversationRow row) {
        ObjectNode json = row.payload() == null ? payloads.newObject() : payloads.readStored(row.payload());
        // Clients leave out of their lists what has no text, such as a picture, or what they cannot cut.
        String text = json.path(TEXT).asText("");
        json.put(TEXT, text).put("last_message_text", text);
        if (row.patch() != null) {
            json.setAll(payloads.readStored(row.patch()));
        }
        if (row.status() != null) {
            json.put("status", row.status());
        }
        return json.put("timelineOf", owner).put("conversWith", peer).put("key", peer).put("is_new", row.isNew())
                .put("archived", row.archived()).put("unread", row.unread()).put("timestamp", row.timestamp());
    }
}
