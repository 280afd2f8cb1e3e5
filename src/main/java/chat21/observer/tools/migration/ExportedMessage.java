package chat21.observer.tools.migration;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.flow.store.MessageRow;
import chat21.observer.message.Lookups.Key;

/** A message of an export, which all its inboxes share. */
record ExportedMessage(Key id, String sender, String recipient, String type, String channel, long timestamp,
        String payload) {

    // What belongs to one inbox, or to MongoDB.
    private static final List<String> NOT_SHARED = List.of("_id", "__v", "status", "timelineOf", "conversWith",
            "__history");

    private static final int MAX_WORD = 64;

    /**
     * Takes the message from a document, and what belongs to one inbox out of it.
     *
     * @throws chat21.observer.protocol.Refusal naming the field and the rule
     */
    static ExportedMessage of(Document document, int maxBytes) {
        ObjectNode json = document.json();
        String app = document.app("app_id");
        ExportedMessage row = new ExportedMessage(new Key(app, document.id("message_id")), document.id("sender"),
                document.id("recipient"), document.text("type", MAX_WORD), document.text("channel_type", MAX_WORD),
                document.timeOfMessage("timestamp"), null);
        json.remove(NOT_SHARED);
        json.put("app_id", app);
        return row.withPayload(document.bounded("message", json, maxBytes));
    }

    /** Its row, which gets this key. */
    MessageRow row(long key) {
        return new MessageRow(key, id.app(), id.id(), sender, recipient, type, channel, timestamp, payload);
    }

    private ExportedMessage withPayload(String json) {
        return new ExportedMessage(id, sender, recipient, type, channel, timestamp, json);
    }
}
