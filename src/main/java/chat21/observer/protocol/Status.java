package chat21.observer.protocol;

/** How far a copy of a message has come, as clients read it; in an inbox it only ever goes up. */
public final class Status {

    /** In the sender's timeline, or in a group's own. */
    public static final int SENT = 100;
    /** In a recipient's timeline. */
    public static final int DELIVERED = 150;
    /** The recipient's client says that it has the message. */
    public static final int RECEIVED = 200;
    /** The sender was told so. */
    public static final int RETURN_RECEIPT = 250;

    /** The recipient has read it. */
    public static final int SEEN = 300;

    private Status() {
    }
}
