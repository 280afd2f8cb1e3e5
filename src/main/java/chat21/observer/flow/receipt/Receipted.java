package chat21.observer.flow.receipt;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.database.Statement;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Topic.Receipt;

/**
 * A message that a receipt is about.
 *
 * @param messageId its id
 * @param sender    who sent it
 * @param timestamp its time, in ms since 1970
 * @param tempId    the id that its sender's page gave it before it had one, or null
 */
public record Receipted(String messageId, String sender, long timestamp, String tempId) {

    private static final String TEMP_ID = "tempUID";
    private static final Statement FIND = new Statement("timelines", "find-receipted");
    private static final Statement FIND_LIVE = new Statement("timelines", "find-received-live");

    /**
     * Finds the message in the conversation of who received it; null where it is not there. A client that saw it come in
     * live may name it by its sender's own id, as long as only one of the newest messages has that.
     */
    static Receipted find(Connection connection, Payloads payloads, Receipt topic) throws SQLException {
        Receipted byId = FIND.first(connection, row -> of(payloads, topic.messageId(), row.getString(1), row.getLong(2),
                row.getString(3)), topic.user(), topic.peer(), topic.app(), topic.messageId());
        return byId == null ? findLive(connection, payloads, topic) : byId;
    }

    private static Receipted findLive(Connection connection, Payloads payloads, Receipt topic) throws SQLException {
        ObjectNode attribute = payloads.newObject().put(TEMP_ID, topic.messageId());
        String json = new String(payloads.write(attribute), StandardCharsets.UTF_8);
        List<Receipted> found = FIND_LIVE.all(connection, row -> of(payloads, row.getString(1), row.getString(2),
                row.getLong(3), row.getString(4)), topic.app(), topic.user(), topic.peer(), topic.user(),
                json.substring(1, json.length() - 1));
        List<Receipted> named = found.stream().filter(each -> topic.messageId().equals(each.tempId)).toList();
        return named.size() == 1 ? named.get(0) : null;
    }

    private static Receipted of(Payloads payloads, String messageId, String sender, long timestamp, String payload) {
        String tempId = payload == null ? null
                : payloads.readStored(payload).path("attributes").path(TEMP_ID).textValue();
        return new Receipted(messageId, sender, timestamp, tempId != null && Ids.isValid(tempId) ? tempId : null);
    }
}
