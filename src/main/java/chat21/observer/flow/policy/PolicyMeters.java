package chat21.observer.flow.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what became of the calls of one policy. */
final class PolicyMeters {

    private final MeterRegistry meters;
    private final String policy;

    PolicyMeters(MeterRegistry meters, String policy) {
        this.meters = meters;
        this.policy = policy;
    }

    /** Counts one: done, failed, hung, off (not asked, since it hung before) or lost (too much waited beside the flow). */
    void count(String outcome) {
        Counter.builder("chat21_policy_calls").description("What integrators' policies were asked")
                .tags("policy", policy, "outcome", outcome).register(meters).increment();
    }
}
