package chat21.observer.out.event;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.message.Decision;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;

/** What an endpoint {@code event:…} takes: something that happened, and how other systems are told. */
public interface Event {

    /** What has happened. */
    EventType type();

    /** Lets webhooks be told of it with its batch. */
    void tell(WebhookEvents webhooks, Decision decision);

    /**
     * Lets analytics be told of it after its batch; not of everything.
     *
     * @param connection that of the batch's transaction
     */
    default void tell(Analytics analytics, Connection connection, Decision decision) throws SQLException {
        // Most of what happens is of no interest there.
    }
}
