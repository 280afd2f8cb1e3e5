package chat21.observer.flow.policy;

import java.util.Locale;

/** Where integrators' own routes may have a say. */
public enum Place {
    /** Before a message is accepted: it may be changed, refused or redirected. */
    ACCEPT,
    /** Before a copy enters an inbox: it may be changed or dropped. */
    COPY,
    /** After a message is stored, delivered and acknowledged. */
    DELIVERED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The place as it stands in {@code policy:accept}. */
    public String label() {
        return label;
    }
}
