package chat21.observer.flow.receipt;

import java.sql.Connection;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.database.Statement;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.message.Delivery;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Status;
import chat21.observer.protocol.Topic.Receipt;

/** A recipient's client says that it has a message; its sender is told: protocol section 5. */
public final class Receipts {

    private static final Statement RAISE_STATUS = new Statement("timelines", "raise-status");

    private final Payloads payloads;

    public Receipts(Payloads payloads) {
        this.payloads = payloads;
    }

    /**
     * Reads what the client says; no other status than received counts.
     *
     * @throws Refusal if the payload says anything else
     */
    public RaiseStatus read(Delivery delivery) {
        JsonNode status = payloads.read(delivery.body()).path("status");
        if (!status.isIntegralNumber() || status.longValue() != Status.RECEIVED) {
            throw new Refusal(Reason.BAD_FIELD, "status must be " + Status.RECEIVED + " in a receipt");
        }
        return new RaiseStatus((Receipt) delivery.topic());
    }

    /**
     * Finds the message, and what its sender will be told.
     *
     * @throws Refusal if it is not in the user's conversation, or the user has sent it
     */
    public ReturnReceipt find(@Body RaiseStatus change,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        Receipt named = change.receipt();
        Receipted sent = Receipted.find(connection, payloads, named);
        if (sent == null) {
            throw new Refusal(Reason.NOT_FOUND, "message is not in the user's conversation with " + named.peer());
        }
        if (sent.sender().equals(named.user())) {
            throw new Refusal(Reason.OWN_MESSAGE, "message was sent by the user itself");
        }
        return ReturnReceipt.of(payloads, new Receipt(named.app(), named.user(), named.peer(), sent.messageId()), sent);
    }

    /** Raises the status in the recipient's timeline and in the sender's. */
    public ReturnReceipt raise(@Body ReturnReceipt found,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        Receipt receipt = found.receipt();
        raise(connection, receipt.app(), receipt.user(), receipt.peer(), found.sent(), Status.RECEIVED);
        raise(connection, receipt.app(), found.sent().sender(), found.peerOfSender(), found.sent(), Status.RETURN_RECEIPT);
        return found;
    }

    private static void raise(Connection connection, String app, String owner, String peer, Receipted sent, int status)
            throws SQLException {
        RAISE_STATUS.update(connection, status, app, owner, peer, sent.timestamp(), sent.messageId(), status);
    }
}
