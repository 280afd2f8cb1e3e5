package chat21.observer.flow.inbox;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code to: inbox:clientadded} puts a copy of a message on its way into its owner's inbox. {@code inbox:clientupdated},
 * {@code inbox:clientdeleted} and the others tell the clients of an inbox that something in one of its lists has changed;
 * {@code of} names the list.
 */
public final class InboxComponent extends DefaultComponent {

    private static final Set<String> EVENTS = new TreeSet<>(Set.of("clientadded", "clientupdated", "clientdeleted", "clienttyping"));
    private static final Set<String> LISTS =
            new TreeSet<>(Set.of("messages", "conversations", "archived_conversations", "groups", "presences", "typing"));

    private final String exchange;
    private final MeterRegistry meters;

    /** @param exchange the exchange that the inboxes are bound to */
    public InboxComponent(String exchange, MeterRegistry meters) {
        this.exchange = exchange;
        this.meters = meters;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
        // Visual editors write the path as a parameter.
        String event = getAndRemoveParameter(parameters, "event", String.class, path);
        String list = getAndRemoveParameter(parameters, "of", String.class, "messages");
        return new InboxEndpoint(uri, this, known("inbox:", event, EVENTS), known("of=", list, LISTS), exchange, meters);
    }

    private static String known(String where, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("there is no '" + where + name + "'; there are " + names);
        }
        return name;
    }
}
