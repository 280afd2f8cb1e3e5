package chat21.observer.bench;

import java.util.List;

/** Sends at a steady rate, whatever comes back; latency counts from when a message was due, so waiting is not hidden. */
final class OpenLoop {

    private OpenLoop() {
    }

    static Measurement measure(Subject subject, Phase phase, Timing timing) {
        int leadIn = phase.cold() ? 0 : messages(phase, timing.leadIn().toNanos());
        int all = leadIn + messages(phase, timing.window().toNanos());
        List<Conversation> conversations = phase.conversations();
        Conversation besides = phase.besides() == 0 ? null : Cast.group(phase.besides());
        int runBesides = subject.nextRun();
        Tracker tracker = new Tracker(subject.nextRun(), phase.copiesPerMessage(), all, () -> { });
        Load load = subject.load();
        load.track(tracker);

        Window window = phase.cold() ? Window.begin(subject, phase, tracker, 0) : null;
        long start = System.nanoTime();
        for (int number = 0; number < all; number++) {
            long due = start + number * 1_000_000_000L / phase.amount();
            Pause.until(due);
            if (window == null && number == leadIn) {
                // Reading the processor times takes some milliseconds and delays what is due in them.
                window = Window.begin(subject, phase, tracker, number + phase.amount() / 10);
            }
            tracker.sent(number, due);
            load.send(conversations.get(number % conversations.size()), tracker.run(), number);
            if (besides != null && number % phase.amount() == 0) {
                load.send(besides, runBesides, number);
            }
        }
        window.end();
        Drain.await(load, tracker, timing.patience());
        return window.result();
    }

    private static int messages(Phase phase, long nanos) {
        return (int) Math.max(1, phase.amount() * nanos / 1_000_000_000L);
    }
}
