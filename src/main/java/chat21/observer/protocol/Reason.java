package chat21.observer.protocol;

/** Why a message was refused: the label of the metric and the {@code x-reason} header of the dead letter. */
public enum Reason {
    /** The routing key has none of the known shapes. */
    UNKNOWN_TOPIC,
    /** An id would break a topic. */
    BAD_ID,
    /** A derived routing key would pass 255 bytes. */
    ROUTING_KEY_TOO_LONG,
    /** The payload passes the size limit. */
    PAYLOAD_TOO_LARGE,
    /** The payload is not a JSON object within the limits. */
    BAD_PAYLOAD,
    /** A field of the payload has the wrong type or value. */
    BAD_FIELD,
    /** The app does not let this user send. */
    SENDER_BANNED,
    /** The sender is not a member of the stored group it writes to. */
    NOT_A_MEMBER,
    /** The message or conversation that it is about is not there. */
    NOT_FOUND,
    /** A receipt for a message that the user sent itself. */
    OWN_MESSAGE,
    /** An inline group has more members than allowed. */
    GROUP_TOO_LARGE,
    /** The sender sends more than the rate limit allows. */
    RATE_LIMITED,
    /** A user has as much of something as one user may have. */
    QUOTA,
    /** A policy of the integrator refuses it. */
    REFUSED_BY_POLICY,
    /** A policy of the integrator fails, or does not answer and is to refuse then. */
    POLICY_FAILED,
    /** The step that handles this kind of message failed each time. */
    PROCESSING_FAILED;

    private final String label = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');

    /** The reason of that label; {@link #PROCESSING_FAILED} where there is none, as in what a newer node says. */
    public static Reason of(String label) {
        for (Reason reason : values()) {
            if (reason.label.equals(label)) {
                return reason;
            }
        }
        return PROCESSING_FAILED;
    }

    /** The reason as it is written on the wire and in metrics, such as {@code bad-payload}. */
    public String label() {
        return label;
    }
}
