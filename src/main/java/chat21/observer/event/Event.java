package chat21.observer.event;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.analytics.Analytics;
import chat21.observer.receive.Outcome;
import chat21.observer.webhook.EventType;
import chat21.observer.webhook.WebhookEvents;

/** What an endpoint {@code event:…} takes: something that happened, and how other systems are told. */
public interface Event {

    /** What has happened. */
    EventType type();

    /** Lets webhooks be told of it with its batch. */
    void tell(WebhookEvents webhooks, Outcome outcome);

    /**
     * Lets analytics be told of it after its batch; not of everything.
     *
     * @param connection that of the batch's transaction
     */
    default void tell(Analytics analytics, Connection connection, Outcome outcome) throws SQLException {
        // Most of what happens is of no interest there.
    }
}
