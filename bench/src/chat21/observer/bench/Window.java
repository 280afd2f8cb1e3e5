package chat21.observer.bench;

import java.util.OptionalLong;

/** The time within a phase in which is counted: begun once the load is steady, ended before it stops. */
final class Window {

    private final Subject subject;
    private final Phase phase;
    private final Tracker tracker;
    private final long beganAt;
    private final long copiesAtBegin;
    private final ProcessorTime timeAtBegin;

    private double seconds;
    private long copies;
    private ProcessorTime time;
    private OptionalLong megabytes;

    private Window(Subject subject, Phase phase, Tracker tracker, int recordFrom) {
        this.subject = subject;
        this.phase = phase;
        this.tracker = tracker;
        this.timeAtBegin = subject.processorTime();
        tracker.recordFrom(recordFrom);
        this.beganAt = System.nanoTime();
        this.copiesAtBegin = tracker.copies();
    }

    /** Latencies count from a given message on, copies and processor time from now. */
    static Window begin(Subject subject, Phase phase, Tracker tracker, int recordFrom) {
        return new Window(subject, phase, tracker, recordFrom);
    }

    Window end() {
        seconds = (System.nanoTime() - beganAt) / 1e9;
        copies = tracker.copies() - copiesAtBegin;
        time = subject.processorTime().since(timeAtBegin);
        megabytes = subject.residentMegabytes();
        return this;
    }

    /** To be called when nothing is on the way any more. */
    Measurement result() {
        double messages = (double) copies / phase.copiesPerMessage();
        return new Measurement(subject.name(), phase, seconds, copies, messages,
                Measurement.Latency.of(tracker.latency()),
                ProcessorTime.per(messages, time.broker()), ProcessorTime.per(messages, time.system()),
                ProcessorTime.per(messages, time.database()),
                ProcessorTime.per(messages, time.load()),
                time.othersPercent(seconds, Runtime.getRuntime().availableProcessors()),
                megabytes.isPresent() ? megabytes.getAsLong() : null,
                tracker.bytesPerCopy(), tracker.sent(), tracker.incomplete(), tracker.outOfOrder(), tracker.repeated(), tracker.strays());
    }
}
