package chat21.observer.ops.jolokia;

import org.apache.camel.CamelContext;

import chat21.observer.settings.Settings;

/** Serves JMX over HTTP at the management port, if it is on: for Hawtio and other consoles. */
public final class JolokiaWiring {

    private JolokiaWiring() {
    }

    /**
     * Gives Camel's management server, which starts later, the Jolokia that it is to serve.
     *
     * @throws chat21.observer.settings.WrongSetting if others than this machine could call without a token
     */
    public static void bind(CamelContext context, Settings settings) {
        if (settings.flag("chat21.jolokia.enabled")) {
            context.getRegistry().bind(GuardedJolokia.ID, new GuardedJolokia(JolokiaSettings.of(settings)));
        }
    }
}
