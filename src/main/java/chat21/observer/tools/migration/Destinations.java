package chat21.observer.tools.migration;

import java.time.Clock;
import java.util.Set;

import chat21.observer.database.RowKeys;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.settings.Settings;

/** Says where each collection goes, within the limits that the settings give to what comes over the broker or REST. */
final class Destinations {

    // A document has braces around its numbers and dates, and fields of MongoDB, that are not stored.
    private static final int MORE_BYTES = 16_384;
    private static final int GROUP_BYTES = 16 << 20;
    private static final int GROUP_TOKENS = 10_000_000;

    private final Settings settings;
    private final PayloadLimits limits;
    private final StoredMessages messages = new StoredMessages(new RowKeys(Clock.systemUTC()));

    Destinations(Settings settings) {
        this.settings = settings;
        this.limits = PayloadLimits.of(settings);
    }

    /** What reads the documents of a collection. */
    Payloads payloads(Collection collection) {
        return Payloads.takingNaN(collection == Collection.GROUPS
                ? new PayloadLimits(GROUP_BYTES, limits.maxDepth(), GROUP_TOKENS)
                : new PayloadLimits(limits.maxBytes() + MORE_BYTES, limits.maxDepth(), limits.maxTokens()));
    }

    Destination<?> of(Collection collection) {
        return switch (collection) {
            case INSTANCES -> new InstanceRows();
            case GROUPS -> new GroupRows(settings.number("chat21.group.max-members"));
            case MESSAGES -> new Messages(messages, limits.maxBytes());
            case CONVERSATIONS -> new Conversations(messages, payloads(collection),
                    Set.copyOf(settings.list("chat21.conversation.client-fields")), limits.maxBytes(),
                    settings.number("chat21.conversation.max-client-bytes"));
        };
    }
}
