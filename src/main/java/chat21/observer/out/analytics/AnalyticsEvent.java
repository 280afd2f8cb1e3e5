package chat21.observer.out.analytics;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that happened in a project.
 *
 * @param id      stays the same if the event is sent twice
 * @param type    such as {@code message.delivered}
 * @param at      when it happened
 * @param project whose it is
 * @param payload what the type of event says; not to be changed
 */
record AnalyticsEvent(UUID id, String type, Instant at, String project, ObjectNode payload) {

    private static final String SOURCE = "c21srv";
    private static final String VERSION = "1.0";

    /** The envelope that existing consumers read. */
    ObjectNode envelope() {
        return JsonNodeFactory.instance.objectNode().put("event_id", id.toString()).put("event_type", type)
                .put("timestamp", at.toString()).put("id_project", project).put("source_service", SOURCE)
                .put("event_version", VERSION).set("payload", payload);
    }

    /** The routing key under which it is published. */
    String routingKey() {
        return "analytics." + type;
    }
}
