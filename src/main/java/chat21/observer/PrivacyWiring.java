package chat21.observer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;

import chat21.observer.api.privacy.DeletionUpkeep;
import chat21.observer.api.privacy.DeletionUpkeep.SweptQueue;
import chat21.observer.database.Database;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.refuse.DeletedLetters;
import chat21.observer.message.Deleted;
import chat21.observer.out.webhook.DeletedEvents;
import chat21.observer.protocol.MessageIds;
import chat21.observer.settings.Settings;

/** Lets nothing about what was deleted wait at the broker for an operator. */
final class PrivacyWiring {

    private PrivacyWiring() {
    }

    /** @param deadEvents the queue of the webhook events that were given up, if there is one */
    static void start(CamelContext context, Settings settings, Database database, Connections connections, MessageIds ids,
            Optional<String> deadEvents, MeterRegistry meters) throws Exception {
        List<SweptQueue> queues = new ArrayList<>();
        queues.add(new SweptQueue(settings.required("chat21.queues.dead-letters"), DeletedLetters::drop,
                Deleted.dropped(meters, "dead-letters")));
        deadEvents.ifPresent(queue -> queues.add(new SweptQueue(queue, DeletedEvents::drop,
                Deleted.dropped(meters, "dead-webhook-events"))));
        context.addService(new DeletionUpkeep(database, ids, connections.consuming(), queues,
                settings.number("chat21.deletions.days")));
    }
}
