package chat21.observer.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the benchmark: all systems are up from the beginning and take turns in each phase, so that figures to be
 * compared were measured within the same minute.
 */
final class Session implements AutoCloseable {

    private final Surroundings around;
    private final List<RunningTarget> targets;
    private final Timing timing;
    private final int rounds;
    private final List<Measurement> cold = new ArrayList<>();
    private final Thread onInterrupt = new Thread(this::stopAll, "bench stop");

    Session(Surroundings around, List<Target> targets, Timing timing, int rounds) {
        this.around = around;
        this.targets = targets.stream().map(RunningTarget::new).toList();
        this.timing = timing;
        this.rounds = Math.max(1, rounds);
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Starts all, and measures each load that comes first after a start. */
    void start(List<Phase> phases) throws Exception {
        for (RunningTarget target : targets) {
            target.prepare(around);
            Progress.begin("start " + target.name());
            target.start(around);
            StartUp startUp = target.startUp();
            Progress.end(startUp.firstMessageMillis() == null ? "was running"
                    : Figures.number(startUp.firstMessageMillis()) + " ms to the first message");
            for (Phase phase : phases.stream().filter(Phase::cold).toList()) {
                Progress.begin(phase.label() + ": " + target.name());
                cold.add(OpenLoop.measure(target, phase, timing.cold()));
                Progress.end(Progress.summary(cold.get(cold.size() - 1)));
            }
        }
    }

    /** Empty but for the start-up. */
    Results results() {
        String conditions = "Each load counts %d s, the least disturbed of %d rounds; observer's JVM: %s.".formatted(
                timing.window().toSeconds(), rounds, String.join(" ", around.observerOptions()));
        Results results = Results.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.here(targets.get(0).load().broker()), conditions);
        targets.forEach(target -> results.startUps().add(target.startUp()));
        return results;
    }

    /** Adds what it measures to the results, one by one. */
    void measure(List<Phase> phases, Results results) {
        Watchdog.start(timing.limit(targets.size() * phases.size() * rounds));
        results.measurements().addAll(cold);
        targets.forEach(target -> warmUp(target, phases.stream().anyMatch(Phase::group)));
        for (Phase phase : phases.stream().filter(phase -> !phase.cold()).toList()) {
            List<List<Measurement>> all = targets.stream().<List<Measurement>>map(target -> new ArrayList<>()).toList();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < targets.size(); i++) {
                    all.get(i).add(measure(targets.get(i), phase));
                }
            }
            all.forEach(each -> results.measurements().add(Measurement.leastDisturbed(each)));
        }
    }

    private void warmUp(RunningTarget target, boolean groups) {
        Progress.begin("warm up " + target.name());
        ClosedLoop.warmUp(target, Phase.parse("direct:100"), timing);
        if (groups) {
            ClosedLoop.warmUp(target, Phase.parse("group10:50"), timing);
        }
        target.check();
        Progress.end("done");
    }

    private Measurement measure(RunningTarget target, Phase phase) {
        Rest.await(targets);
        Progress.begin(phase.label() + ": " + target.name());
        Measurement measurement = phase.open()
                ? OpenLoop.measure(target, phase, timing)
                : ClosedLoop.measure(target, phase, timing);
        target.check();
        Progress.end(Progress.summary(measurement));
        return measurement;
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
        RunFolder.delete(around.folder());
    }

    /** Waits until what the systems still do after a phase is done, so that it does not count in the next. */
    private static final class Rest {

        /** At rest, all of them together use less than this part of one processor. */
        private static final double LOW = 0.10;
        private static final Duration SAMPLE = Duration.ofMillis(250);
        private static final Duration LIMIT = Duration.ofSeconds(5);

        static void await(List<RunningTarget> targets) {
            long end = System.nanoTime() + LIMIT.toNanos();
            long worked;
            do {
                long before = micros(targets);
                Pause.of(SAMPLE);
                worked = micros(targets) - before;
            } while (worked > LOW * SAMPLE.toNanos() / 1_000 && System.nanoTime() < end);
        }

        private static long micros(List<RunningTarget> targets) {
            return targets.stream().map(RunningTarget::processorTime)
                    .mapToLong(time -> time.broker().orElse(0) + time.system().orElse(0)).sum();
        }
    }
}
