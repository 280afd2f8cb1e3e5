package chat21.observer.out.webhook;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.protocol.EventType;
import chat21.observer.settings.Settings;
import chat21.observer.settings.address.WebAddress;

/**
 * Who is told what, and how.
 *
 * @param endpoints   whom to tell; none when webhooks are off
 * @param events      what they want to know
 * @param queuePrefix what the names of their queues begin with
 * @param maxWaiting  how many events wait in one queue; the oldest go to the dead letters
 * @param secret      what POSTs are signed with; empty for no signature
 * @param retries     when a failed event is tried again
 * @param keepRefused whether events that an endpoint refuses are kept among the dead letters
 * @param http        bounds of a POST
 * @param downPauseMs the pause between tries while an endpoint fails
 */
record WebhookSettings(List<Endpoint> endpoints, Set<EventType> events, String queuePrefix, int maxWaiting,
        String secret, RetrySchedule retries, boolean keepRefused, HttpLimits http, long downPauseMs) {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSettings.class);

    /**
     * Bounds of one POST.
     *
     * @param connectMs        how long connecting may take
     * @param totalMs          how long all of it may take
     * @param maxResponseBytes how much of a response is read
     */
    record HttpLimits(long connectMs, long totalMs, int maxResponseBytes) {
    }

    /** Reads the settings, and warns of what has no effect. */
    static WebhookSettings from(Settings settings) {
        String prefix = settings.required("chat21.queues.webhooks");
        List<Endpoint> endpoints = endpoints(settings, prefix);
        boolean enabled = settings.flag("chat21.webhooks.enabled");
        if (enabled && endpoints.isEmpty()) {
            LOG.warn("Webhooks are off: WEBHOOK_ENABLED is true, but WEBHOOK_ENDPOINTS names none");
        }
        return new WebhookSettings(enabled ? endpoints : List.of(),
                events(settings.list("chat21.webhooks.events"), settings.list("chat21.webhooks.excluded-events")), prefix,
                settings.number("chat21.webhooks.max-waiting"),
                settings.text("chat21.webhooks.secret"),
                new RetrySchedule(settings.number("chat21.webhooks.tries"),
                        settings.millis("chat21.webhooks.first-delay-ms"),
                        settings.number("chat21.webhooks.delay-factor")),
                settings.flag("chat21.webhooks.keep-refused"),
                new HttpLimits(settings.millis("chat21.webhooks.connect-timeout-ms"),
                        settings.millis("chat21.webhooks.timeout-ms"),
                        settings.number("chat21.webhooks.max-response-bytes")),
                settings.millis("chat21.webhooks.down-pause-ms"));
    }

    // One URL is one endpoint, however often it stands there.
    private static List<Endpoint> endpoints(Settings settings, String prefix) {
        Map<String, Endpoint> byQueue = new LinkedHashMap<>();
        try {
            WebAddress.split(settings.text("chat21.webhooks.endpoints")).stream().map(url -> Endpoint.of(url, prefix))
                    .forEach(endpoint -> byQueue.putIfAbsent(endpoint.queue(), endpoint));
        } catch (IllegalArgumentException e) {
            throw settings.wrong("chat21.webhooks.endpoints", e.getMessage());
        }
        return List.copyOf(byQueue.values());
    }

    // chat21-server tells of presence whatever its list says, and back ends rely on it: only an exclusion counts.
    static Set<EventType> events(List<String> labels, List<String> excluded) {
        Set<EventType> told = labels.isEmpty() ? EnumSet.allOf(EventType.class) : known("WEBHOOK_EVENTS", labels);
        told.add(EventType.PRESENCE_CHANGE);
        told.removeAll(known("WEBHOOK_EXCLUDED_EVENTS", excluded));
        return told;
    }

    private static Set<EventType> known(String variable, List<String> labels) {
        Set<EventType> known = EnumSet.noneOf(EventType.class);
        Set<String> unknown = new TreeSet<>();
        for (String label : labels) {
            Optional<EventType> type = EventType.of(label);
            type.ifPresentOrElse(known::add, () -> unknown.add(label));
        }
        if (!unknown.isEmpty()) {
            LOG.warn("{} names events that do not exist here: {}", variable, String.join(", ", unknown));
        }
        return known;
    }

    /** Whether anybody is told anything. */
    boolean isOn() {
        return !endpoints.isEmpty();
    }

    /** The queue of the events that were given up. */
    String deadLetters() {
        return queuePrefix + ".dead-letters";
    }

    // A label says the same in every installation, whatever its queues are called.
    Map<String, String> labelledQueues() {
        Map<String, String> labelled = new LinkedHashMap<>();
        queues().forEach(queue -> labelled.put("webhooks" + queue.substring(queuePrefix.length()), queue));
        labelled.put("webhooks.dead-letters", deadLetters());
        return labelled;
    }

    List<String> queues() {
        return endpoints.stream().map(Endpoint::queue).toList();
    }
}
