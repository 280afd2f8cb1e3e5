package chat21.observer.bench;

import java.time.Duration;

/** Ends the whole benchmark when it takes far longer than it should, as when a broker takes nothing any more. */
final class Watchdog {

    private Watchdog() {
    }

    static void start(Duration limit) {
        Thread thread = new Thread(() -> {
            Pause.of(limit);
            System.err.println("bin/bench: not done after " + limit.toMinutes() + " minutes; broken off");
            System.exit(1);
        }, "bench watchdog");
        thread.setDaemon(true);
        thread.start();
    }
}
