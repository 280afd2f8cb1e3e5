package chat21.observer.flow.policy;

import chat21.observer.settings.Settings;

/**
 * What holds for a policy that says nothing else.
 *
 * @param timeoutMs     how long the flow waits for its answer
 * @param refuseOnHang  whether messages are refused, and not let through, while it does not answer
 * @param refuseOnFailure whether a message at which it fails is refused, and not let through
 * @param maxFailures   how many failures in succession switch it off
 * @param offMs         how long it is switched off; doubles each time in succession
 * @param maxOffMs      the longest of these times
 * @param besideMessages how many messages wait for a policy beside the flow
 * @param besideBytes   the most bytes of these together
 */
public record PolicySettings(long timeoutMs, boolean refuseOnHang, boolean refuseOnFailure, int maxFailures, long offMs,
        long maxOffMs, int besideMessages, long besideBytes) {

    static final String REFUSE = "refuse";
    static final String PASS = "pass";

    /** Reads the settings. */
    public static PolicySettings from(Settings settings) {
        return new PolicySettings(settings.millis("chat21.policies.timeout-ms"),
                settings.text("chat21.policies.on-timeout").equals(REFUSE),
                settings.text("chat21.policies.on-failure").equals(REFUSE),
                settings.number("chat21.policies.max-failures"),
                settings.millis("chat21.policies.off-ms"),
                settings.millis("chat21.policies.max-off-ms"),
                settings.number("chat21.policies.beside-messages"),
                settings.number("chat21.policies.beside-bytes"));
    }

    PolicySettings with(Long timeout, Boolean refuseHung, Boolean refuseFailed) {
        return new PolicySettings(timeout == null ? timeoutMs : timeout, refuseHung == null ? refuseOnHang : refuseHung,
                refuseFailed == null ? refuseOnFailure : refuseFailed, maxFailures, offMs, maxOffMs, besideMessages,
                besideBytes);
    }
}
