package chat21.observer.out.event;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;

/** {@code to: event:conversation-archived} and the others tell webhooks and analytics what happened. */
public final class EventComponent extends DefaultComponent {

    private final WebhookEvents webhooks;
    private final Analytics analytics;

    public EventComponent(WebhookEvents webhooks, Analytics analytics) {
        this.webhooks = webhooks;
        this.analytics = analytics;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
        // Visual editors write the path as a parameter.
        String name = getAndRemoveParameter(parameters, "type", String.class, path);
        EventType type = EventType.of(name).orElseThrow(() -> new IllegalArgumentException(
                "there is no 'event:" + name + "'; there are " + EventType.labels()));
        return new EventEndpoint(uri, this, type, webhooks, analytics);
    }
}
