package chat21.observer.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.auth.Unauthorized;
import chat21.observer.api.push.Instance;
import chat21.observer.api.push.Instances;
import chat21.observer.api.push.Notifier;
import chat21.observer.message.Given;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.MessageIds;

/** On which devices users are reached, and telling them there. */
final class PushRoutes extends ApiRoutes {

    private final Instances instances;
    private final Notifier notifier;
    private final MessageIds clock;
    private final PushToken webhook;

    /** @param webhook lets webhook events in */
    PushRoutes(TokenCheck tokens, Payloads payloads, Instances instances, Notifier notifier, MessageIds clock,
            PushToken webhook) {
        super(tokens, payloads);
        this.instances = instances;
        this.notifier = notifier;
        this.clock = clock;
        this.webhook = webhook;
    }

    @Override
    void describe() {
        post("/api/{app}/{user}/instances/{instance}", "store-instance",
                "Keeps a device on which the caller is reached.", this::store);
        post("/api/{app}/notify", "notify-devices", "Tells a recipient of a message on its devices.", this::notify);
        post("/api/{app}" + PushToken.PATH, "push-webhook-event",
                "Tells a recipient of a message on its devices, as a webhook event says.", webhook::caller, this::take);
    }

    private Answer store(Request request) throws Exception {
        ObjectNode body = request.bySelf("user").jsonIfAny();
        instances.store(new Instance(request.app(), request.id("user"), request.id("instance"),
                Fields.text(body, "device_model", 512), Fields.text(body, "language", 64),
                Fields.text(body, "platform", 64), Fields.text(body, "platform_version", 64)));
        return Answer.success(200);
    }

    private Answer notify(Request request) {
        // Upstream answers so, and not with 401.
        if (!request.inOwnApp().caller().admin()) {
            throw new Unauthorized();
        }
        ObjectNode event = request.json();
        if (!event.path("data").isObject()) {
            throw RestError.bad("data must be an object");
        }
        notifier.tell(request.app(), event, clock.now());
        return Answer.success(200);
    }

    // Events of all kinds and apps are posted to one address.
    private Answer take(Request request) {
        ObjectNode event = request.json();
        if (event.path("event_type").asText().equals("message-delivered")) {
            if (!event.path("data").isObject()) {
                throw RestError.bad("data must be an object");
            }
            String app = Given.isAbsent(event.path("app_id")) ? request.app()
                    : Ids.check("app_id", Given.text(event, "app_id"));
            notifier.tellOnce(app, event, clock.now());
        }
        return Answer.success(200);
    }
}
