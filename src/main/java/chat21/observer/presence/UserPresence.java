package chat21.observer.presence;

import java.sql.Connection;
import java.util.List;

import chat21.observer.analytics.Analytics;
import chat21.observer.event.Event;
import chat21.observer.inbox.News;
import chat21.observer.inbox.ToldToInboxes;
import chat21.observer.receive.Outcome;
import chat21.observer.topic.Topic.Presence;
import chat21.observer.webhook.EventType;
import chat21.observer.webhook.WebhookEvents;

/**
 * A user has come or gone.
 *
 * @param at    when, in ms since 1970
 * @param again whether that was stored before, and perhaps never told
 * @param news  what those are told with whom the user talks
 */
public record UserPresence(Presence topic, boolean online, long at, boolean again, List<News> news)
        implements ToldToInboxes, Event {

    UserPresence(Presence topic, boolean online, long at, boolean again) {
        this(topic, online, at, again, List.of());
    }

    UserPresence toldTo(List<News> partners) {
        return new UserPresence(topic, online, at, again, partners);
    }

    @Override
    public EventType type() {
        return EventType.PRESENCE_CHANGE;
    }

    @Override
    public void tell(WebhookEvents webhooks, Outcome outcome) {
        webhooks.presenceChange(outcome, topic.app(), topic.user(), online, at);
    }

    @Override
    public void tell(Analytics analytics, Connection connection, Outcome outcome) {
        if (!again) {
            analytics.presenceChanged(outcome, topic, online);
        }
    }
}
