package chat21.observer.protocol;

/** Says that one message is not let through, and why; it is expected traffic, so it carries no stack trace. */
public final class Refusal extends RuntimeException {

    private final Reason reason;
    private final boolean leavesLetter;

    /** A refusal whose message names the field and the rule. */
    public Refusal(Reason reason, String message) {
        this(reason, message, true);
    }

    private Refusal(Reason reason, String message, boolean leavesLetter) {
        super(message, null, false, false);
        this.reason = reason;
        this.leavesLetter = leavesLetter;
    }

    /** That of a payload with more bytes than it may have. */
    public static Refusal tooLarge(long bytes, long limit) {
        return new Refusal(Reason.PAYLOAD_TOO_LARGE, "the payload has " + bytes + " bytes; the limit is " + limit);
    }

    /** A refusal that is only counted: its message is not kept. */
    public static Refusal withoutLetter(Reason reason, String message) {
        return new Refusal(reason, message, false);
    }

    /** Whether the message goes to the dead letters. */
    public boolean leavesLetter() {
        return leavesLetter;
    }

    /** Why, as one of a bounded set. */
    public Reason reason() {
        return reason;
    }
}
