package chat21.observer.bench;

import java.time.Duration;
import java.util.List;

/** Keeps a number of messages on the way: each complete one lets the next go, on the thread that saw it complete. */
final class ClosedLoop {

    /** Bounds the memory of a run; far more than a system takes in the longest window. */
    private static final int CAPACITY = 1 << 21;
    /** Large groups complete so seldom that the lead-in waits for the first round of them, but not for ever. */
    private static final Duration FIRST_ROUND = Duration.ofSeconds(20);

    private final Subject subject;
    private final Phase phase;
    private final List<Conversation> conversations;
    private final Tracker tracker;
    private int next;
    private int limit = CAPACITY;

    private ClosedLoop(Subject subject, Phase phase) {
        this.subject = subject;
        this.phase = phase;
        this.conversations = phase.conversations();
        this.tracker = new Tracker(subject.nextRun(), phase.copiesPerMessage(), CAPACITY, this::sendNext);
    }

    static Measurement measure(Subject subject, Phase phase, Timing timing) {
        ClosedLoop loop = new ClosedLoop(subject, phase);
        loop.start();
        Pause.of(timing.leadIn());
        Pause.until(() -> loop.tracker.completed() >= phase.amount(), FIRST_ROUND);
        Window window = Window.begin(subject, phase, loop.tracker, loop.tracker.sent());
        Pause.of(timing.window());
        window.end();
        loop.finish(timing.patience());
        return window.result();
    }

    /** Lets a system compile its hot code, within the bounds of the timing. */
    static void warmUp(Subject subject, Phase phase, Timing timing) {
        ClosedLoop loop = new ClosedLoop(subject, phase);
        loop.start();
        Pause.until(() -> loop.tracker.completed() >= timing.warmUpMessages(), timing.warmUp());
        loop.finish(timing.patience());
    }

    private void start() {
        subject.load().track(tracker);
        for (int i = 0; i < phase.amount(); i++) {
            sendNext();
        }
    }

    private void finish(Duration patience) {
        synchronized (this) {
            limit = next;
        }
        Drain.await(subject.load(), tracker, patience);
    }

    /** Numbers have to be given out and sent in the same order, or the load itself would break the order. */
    private synchronized void sendNext() {
        if (next < limit) {
            int number = next++;
            tracker.sent(number, System.nanoTime());
            subject.load().send(conversations.get(number % conversations.size()), tracker.run(), number);
        }
    }
}
