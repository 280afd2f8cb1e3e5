package chat21.observer.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One run of the benchmark: all systems are up from the beginning and take turns in each phase, so that figures to be
 * compared were measured within the same minute.
 */
final class Session implements AutoCloseable {

    /** A machine is at rest when less than this part of one processor works. */
    private static final double REST = 0.10;
    private static final Duration REST_SAMPLE = Duration.ofMillis(250);
    private static final Duration REST_LIMIT = Duration.ofSeconds(5);

    private final Surroundings around;
    private final List<RunningTarget> targets;
    private final Timing timing;
    private final Thread onInterrupt = new Thread(this::stopAll, "bench stop");

    Session(Surroundings around, List<Target> targets, Timing timing) {
        this.around = around;
        this.targets = targets.stream().map(RunningTarget::new).toList();
        this.timing = timing;
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    Results run(List<Phase> phases) throws Exception {
        for (RunningTarget target : targets) {
            Progress.begin("start " + target.name());
            target.start(around);
            StartUp startUp = target.startUp();
            Progress.end(startUp.firstMessageMillis() == null ? "was running"
                    : Figures.number(startUp.firstMessageMillis()) + " ms to the first message");
        }
        Machine machine = Machine.here(targets.get(0).load().broker());
        Results results = Results.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), machine);
        targets.forEach(target -> results.startUps().add(target.startUp()));
        for (RunningTarget target : targets) {
            warmUp(target, phases);
        }
        for (Phase phase : phases) {
            for (RunningTarget target : targets) {
                results.measurements().add(measure(target, phase));
            }
        }
        return results;
    }

    private void warmUp(RunningTarget target, List<Phase> phases) {
        Progress.begin("warm up " + target.name());
        ClosedLoop.warmUp(target, Phase.parse("direct:100"), timing);
        if (phases.stream().anyMatch(Phase::group)) {
            ClosedLoop.warmUp(target, Phase.parse("group10:50"), timing);
        }
        target.check();
        Progress.end("done");
    }

    private Measurement measure(RunningTarget target, Phase phase) {
        awaitRest();
        Progress.begin(phase.label() + ": " + target.name());
        Measurement measurement = phase.open()
                ? OpenLoop.measure(target, phase, timing)
                : ClosedLoop.measure(target, phase, timing);
        target.check();
        Progress.end(Progress.summary(measurement));
        return measurement;
    }

    /** What a system still does in the background after one phase shall not count in the next. */
    private static void awaitRest() {
        long end = System.nanoTime() + REST_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            long before = Procfs.machineMicros().orElse(0);
            Pause.of(REST_SAMPLE);
            long worked = Procfs.machineMicros().orElse(0) - before;
            if (worked < REST * REST_SAMPLE.toNanos() / 1_000) {
                return;
            }
        }
    }

    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }

    private void stopAll() {
        targets.forEach(RunningTarget::close);
    }
}
