package chat21.observer.refuse;

/** Says that one message is not let through, and why; it is expected traffic, so it carries no stack trace. */
public final class Refusal extends RuntimeException {

    private final Reason reason;

    /** A refusal whose message names the field and the rule. */
    public Refusal(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why, as one of a bounded set. */
    public Reason reason() {
        return reason;
    }
}
