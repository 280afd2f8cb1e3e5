package chat21.observer.ops.jolokia;

import chat21.observer.http.LocalMachine;
import chat21.observer.settings.Settings;
import chat21.observer.settings.WrongSetting;

/**
 * How JMX is served over HTTP.
 *
 * @param readOnly whether callers may only look
 * @param token    what callers must know; empty where only this machine can call
 */
record JolokiaSettings(boolean readOnly, String token) {

    /** @throws WrongSetting if others than this machine could call without a token */
    static JolokiaSettings of(Settings settings) {
        boolean loopback = LocalMachine.isLoopback(settings.required("camel.management.host"));
        String token = settings.text("chat21.jolokia.token");
        if (!loopback && token.isEmpty()) {
            throw settings.wrong("chat21.jolokia.token", "must not be empty where camel.management.host serves others: "
                    + "set JOLOKIA_TOKEN, or MANAGEMENT_HOST to 127.0.0.1");
        }
        return new JolokiaSettings(settings.flag("chat21.jolokia.read-only"), token);
    }

    @Override
    public String toString() {
        return readOnly ? "read-only" : "read and write";
    }
}
