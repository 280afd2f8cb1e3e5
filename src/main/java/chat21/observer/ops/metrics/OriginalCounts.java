package chat21.observer.ops.metrics;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;

/** The counters that dashboards of chat21-server read, by their names: protocol section 7. */
final class OriginalCounts {

    private final BoundedCounter perProject;
    private final BoundedCounter perIp;
    private final BoundedCounter perProjectAndIp;
    private final BoundedCounter perTopic;

    /** @param maxValues how many values of a label are told apart */
    OriginalCounts(MeterRegistry meters, int maxValues) {
        perProject = new BoundedCounter(meters, "chat21_messages_per_project", "Messages by attributes.projectId",
                List.of("project_id"), maxValues);
        perIp = new BoundedCounter(meters, "chat21_messages_per_ip", "Messages by attributes.ipAddress",
                List.of("ip_address"), maxValues);
        perProjectAndIp = new BoundedCounter(meters, "chat21_messages_per_project_ip",
                "Messages by attributes.projectId and attributes.ipAddress", List.of("project_id", "ip_address"),
                maxValues);
        perTopic = new BoundedCounter(meters, "chat21_messages_per_topic",
                "All that clients and back ends say, by the kind of its topic", List.of("topic"), maxValues);
    }

    /** Counts a delivery that was neither refused nor a duplicate. */
    void count(Delivery delivery) {
        perTopic.increment(delivery.topic().kind().label());
        ChatMessage message = delivery.decision().message();
        if (message != null) {
            String project = BoundedCounter.label(message.attribute("projectId"));
            String ip = BoundedCounter.label(message.attribute("ipAddress"));
            perProject.increment(project);
            perIp.increment(ip);
            perProjectAndIp.increment(project, ip);
        }
    }
}
