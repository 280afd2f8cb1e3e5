package chat21.observer.out.webhook;

import java.util.EnumMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import chat21.observer.out.webhook.TryResult.Fate;

/** Counts tries by what they came to; each try counts once. */
final class TryCounts {

    private final Map<Fate, Counter> counters = new EnumMap<>(Fate.class);

    TryCounts(MeterRegistry meters) {
        for (Fate fate : Fate.values()) {
            counters.put(fate, Counter.builder("chat21_webhook_tries").tag("outcome", fate.label())
                    .description("Tries to post an event to an endpoint").register(meters));
        }
    }

    void count(Fate fate) {
        counters.get(fate).increment();
    }
}
