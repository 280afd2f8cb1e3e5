package chat21.observer.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What other systems can be told. */
public enum EventType {
    /** A message stands in its sender's timeline, or in its group's. */
    MESSAGE_SENT,
    /** A copy of a message entered an inbox. */
    MESSAGE_DELIVERED,
    /** A sender was told that its message was received. */
    MESSAGE_RETURN_RECEIPT,
    /** A user archived a conversation. */
    CONVERSATION_ARCHIVED,
    /** A new message brought an archived conversation back. */
    CONVERSATION_UNARCHIVED,
    /** A user came or went. */
    PRESENCE_CHANGE;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name on the wire and in settings, such as {@code message-sent}. */
    public String label() {
        return label;
    }

    /** The type of that name, if there is one. */
    public static Optional<EventType> of(String label) {
        return Stream.of(values()).filter(type -> type.label.equals(label)).findFirst();
    }

    /** The names of all. */
    public static List<String> labels() {
        return Stream.of(values()).map(EventType::label).toList();
    }
}
