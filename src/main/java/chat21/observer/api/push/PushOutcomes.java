package chat21.observer.api.push;

import java.util.EnumMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what became of notes, once a device; one that is tried again counts for each try. */
final class PushOutcomes {

    /** What a try came to. */
    enum Outcome {
        /** The service took it. */
        BROUGHT("brought"),
        /** The device is not reached again, and forgotten. */
        GONE("gone"),
        /** It failed, and is tried again. */
        RETRIED("retried"),
        /** It failed for good, or too often. */
        FAILED("failed"),
        /** Too many wait already. */
        LEFT_OUT("left-out");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }
    }

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    PushOutcomes(MeterRegistry meters) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(outcome, Counter.builder("chat21_pushes").tag("outcome", outcome.label)
                    .description("Tries to bring a note to a device").register(meters));
        }
    }

    void count(Outcome outcome) {
        counters.get(outcome).increment();
    }
}
