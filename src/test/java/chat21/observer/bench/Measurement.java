package chat21.observer.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.HdrHistogram.Histogram;

/**
 * What one system reached in one phase; times of the processors are null where the process is not known.
 *
 * @param seconds         the window in which was counted
 * @param copies          that entered inboxes in that window
 * @param messages        those copies, divided by the copies of a message
 * @param latency         from sending, or the time at which it was due, to the last copy
 * @param brokerMicros    processor time of the broker, per message
 * @param systemMicros    of the system under test
 * @param loadMicros      of the load
 * @param othersPercent   of all processors, used by none of these: how much this figure was disturbed
 * @param residentMegabytes memory of the system under test at the end
 * @param lost            messages of which a copy never came
 * @param outOfOrder      copies that came after a later one of the same sender, conversation and inbox
 * @param repeated        copies that came twice
 * @param strays          copies of no message of this phase
 */
record Measurement(
        String system,
        Phase phase,
        double seconds,
        long copies,
        double messages,
        Latency latency,
        Double brokerMicros,
        Double systemMicros,
        Double loadMicros,
        Double othersPercent,
        Long residentMegabytes,
        int sent,
        int lost,
        long outOfOrder,
        long repeated,
        long strays) {

    @JsonProperty
    double messagesPerSecond() {
        return messages / seconds;
    }

    @JsonProperty
    double copiesPerSecond() {
        return copies / seconds;
    }

    /** In milliseconds. */
    record Latency(long count, double mean, double p50, double p90, double p99, double max) {

        static Latency of(Histogram micros) {
            return new Latency(micros.getTotalCount(), micros.getMean() / 1_000, at(micros, 50), at(micros, 90),
                    at(micros, 99), micros.getMaxValue() / 1_000.0);
        }

        private static double at(Histogram micros, double percentile) {
            return micros.getValueAtPercentile(percentile) / 1_000.0;
        }
    }
}
