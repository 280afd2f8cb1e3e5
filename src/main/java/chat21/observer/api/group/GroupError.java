package chat21.observer.api.group;

/** Says why a group stays as it is; expected traffic, so without a stack trace. */
public final class GroupError extends RuntimeException {

    /** Why a group stays as it is. */
    public enum Kind {
        UNKNOWN, NOT_ALLOWED, ID_IN_USE, ALREADY_A_MEMBER, TOO_LARGE, TOO_MUCH, BUSY
    }

    private final Kind kind;

    GroupError(Kind kind, String text) {
        super(text, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
