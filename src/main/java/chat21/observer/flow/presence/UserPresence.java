package chat21.observer.flow.presence;

import java.sql.Connection;
import java.util.List;

import chat21.observer.flow.inbox.News;
import chat21.observer.flow.inbox.ToldToInboxes;
import chat21.observer.message.Decision;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.event.Event;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;
import chat21.observer.protocol.Topic.Presence;

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
    public void tell(WebhookEvents webhooks, Decision decision) {
        webhooks.presenceChange(decision, topic.app(), topic.user(), online, at);
    }

    @Override
    public void tell(Analytics analytics, Connection connection, Decision decision) {
        if (!again) {
            analytics.presenceChanged(decision, topic, online);
        }
    }
}
