package chat21.observer.policy;

import chat21.observer.settings.Settings;
import chat21.observer.settings.WrongSetting;

/**
 * What holds for a policy that says nothing else.
 *
 * @param timeoutMs     how long the flow waits for its answer
 * @param refuseOnHang  whether messages are refused, and not let through, while it does not answer
 * @param offMs         how long it is switched off after it did not answer; doubles each time in succession
 * @param maxOffMs      the longest of these times
 * @param besideMessages how many messages wait for a policy beside the flow
 * @param besideBytes   the most bytes of these together
 */
public record PolicySettings(long timeoutMs, boolean refuseOnHang, long offMs, long maxOffMs, int besideMessages,
        long besideBytes) {

    static final String REFUSE = "refuse";
    static final String PASS = "pass";

    /** Reads the settings. */
    public static PolicySettings from(Settings settings) {
        String onTimeout = settings.text("chat21.policies.on-timeout");
        if (!onTimeout.equals(REFUSE) && !onTimeout.equals(PASS)) {
            throw new WrongSetting("chat21.policies.on-timeout", "must be pass or refuse, but is '" + onTimeout + "'");
        }
        return new PolicySettings(settings.millis("chat21.policies.timeout-ms", 1, 60_000), onTimeout.equals(REFUSE),
                settings.millis("chat21.policies.off-ms", 1, 600_000),
                settings.millis("chat21.policies.max-off-ms", 1, 3_600_000),
                settings.number("chat21.policies.beside-messages", 1, 1_000_000),
                settings.number("chat21.policies.beside-bytes", 1_024, Integer.MAX_VALUE));
    }

    PolicySettings with(Long timeout, Boolean refuse) {
        return new PolicySettings(timeout == null ? timeoutMs : timeout, refuse == null ? refuseOnHang : refuse, offMs,
                maxOffMs, besideMessages, besideBytes);
    }
}
