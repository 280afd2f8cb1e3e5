package chat21.observer.internals.jvm;

import java.util.List;
import java.util.function.IntConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * The end of the process by a signal: SIGTERM, SIGINT or SIGHUP.
 *
 * <p>Java itself would run all shutdown hooks at once. H2's hook writes the database's file whatever goes on in it, so
 * transactions have to end before.
 */
public final class Termination {

    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");
    private static final int SIGNALLED = 128;

    private Termination() {
    }

    /**
     * Does something else when a signal comes than ending at once.
     *
     * @param action gets the exit code that belongs to the signal, such as 143, in a thread of its own
     */
    public static void onSignal(IntConsumer action) {
        for (String name : SIGNALS) {
            try {
                Signal.handle(new Signal(name), signal -> action.accept(SIGNALLED + signal.getNumber()));
            } catch (IllegalArgumentException e) {
                // Not one of this system's, or the JVM was told to leave signals alone (-Xrs).
                LOG.debug("SIG{} is not handled", name, e);
            }
        }
    }
}
