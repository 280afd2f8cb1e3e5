package chat21.observer.internals.jvm;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import sun.misc.Signal;
import sun.misc.SignalHandler;

class TerminationTest {

    // The others may be ignored where a shell started this process, and the JVM leaves it at that.
    @Test
    void aSignalComesWithItsExitCodeInsteadOfEndingTheProcess() {
        AtomicInteger code = new AtomicInteger();
        List<Signal> signals = Stream.of("HUP", "INT", "TERM").map(Signal::new).toList();
        List<SignalHandler> before = signals.stream().map(signal -> Signal.handle(signal, SignalHandler.SIG_DFL)).toList();
        try {
            Termination.onSignal(code::set);

            Signal.raise(new Signal("TERM"));

            await().until(() -> code.get() == 143);
        } finally {
            for (int i = 0; i < signals.size(); i++) {
                Signal.handle(signals.get(i), before.get(i));
            }
        }
    }
}
