package chat21.observer.bench;

import chat21.observer.bench.ReadMeasurement.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Measures how an observer is read from that has stored much. */
final class ReadSession implements AutoCloseable {

    private static final Duration FILLING = Duration.ofMinutes(30);

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Surroundings around;
    private final Population population;
    private final RunningTarget target;
    private final Thread onInterrupt = new Thread(this::stop, "bench stop reads");
    private int[] middle;
    private ProcessorTime begun;
    private long begunAt;

    ReadSession(Surroundings around, Target filled) {
        this.around = around;
        this.population = around.population();
        this.target = new RunningTarget(filled);
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Fills its database and starts it. */
    void start() throws Exception {
        Watchdog.start(FILLING);
        middle = Written.by(population).middles();
        target.prepare(around);
        target.startTelling(around);
    }

    StartUp startUp() {
        return target.startUp();
    }

    String broker() {
        return target.load().broker();
    }

    /** How each kind of request is answered under a load of all of them. */
    List<ReadMeasurement> measure(ReadRate rate, Timing timing) throws IOException, InterruptedException {
        Progress.begin(rate + ": " + target.name());
        int leadIn = requests(rate, timing.warmUp());
        int all = leadIn + requests(rate, timing.window());
        ReadLoop loop = new ReadLoop(population, middle, target.restPort());
        loop.warmUp(WARM_UP);
        Map<Kind, ReadLoop.Counts> counts = loop.run(rate, all, leadIn,
                this::begin);
        ProcessorTime time = target.processorTime().since(begun);
        double seconds = (System.nanoTime() - begunAt) / 1e9;
        target.check();
        OptionalLong megabytes = target.residentMegabytes();
        List<ReadMeasurement> results = counts.entrySet().stream().map(each -> new ReadMeasurement(target.name(), rate, each.getKey(),
                population.messages(), population.users(), Measurement.Latency.of(each.getValue().micros()),
                ProcessorTime.per(all - leadIn, time.system()),
                time.othersPercent(seconds, Runtime.getRuntime().availableProcessors()),
                megabytes.isPresent() ? megabytes.getAsLong() : null,
                each.getValue().bytes().get() / Math.max(1, each.getValue().micros().getTotalCount()),
                each.getValue().failed().get())).toList();
        Progress.end("p99 " + String.join(", ", results.stream()
                .map(each -> Figures.number(each.latency().p99()) + " ms " + each.kind()).toList()));
        return results;
    }

    private void begin() {
        begun = target.processorTime();
        begunAt = System.nanoTime();
    }

    private static int requests(ReadRate rate, Duration time) {
        return (int) (rate.perSecond() * time.toMillis() / 1_000);
    }

    private void stop() {
        target.close();
        RunFolder.delete(around.folder());
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }
}
