package chat21.observer.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one system reached in one phase; times of the processors are null where the process is not known.
 *
 * @param seconds         the window in which was counted
 * @param copies          that entered inboxes in that window
 * @param messages        those copies, divided by the copies of a message
 * @param latency         from sending, or the time at which it was due, to the last copy
 * @param brokerMicros    processor time of the broker, per message
 * @param systemMicros    of the system under test, of all its processes
 * @param databaseMicros  of a database with a process of its own
 * @param loadMicros      of the load
 * @param othersPercent   of all processors, used by none of these: how much this figure was disturbed
 * @param residentMegabytes memory of the system under test at the end
 * @param bytesPerCopy   mean size of the copies
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
        Double databaseMicros,
        Double loadMicros,
        Double othersPercent,
        Long residentMegabytes,
        long bytesPerCopy,
        int sent,
        int lost,
        long outOfOrder,
        long repeated,
        long strays) {

    private static final double DISTURBED_PERCENT = 20;

    @JsonProperty
    double messagesPerSecond() {
        return messages / seconds;
    }

    @JsonProperty
    double copiesPerSecond() {
        return copies / seconds;
    }

    /** Processor time of all sides per message; not a number where one is unknown. */
    double allMicros() {
        return brokerMicros == null || systemMicros == null || loadMicros == null
                ? Double.NaN
                : brokerMicros + systemMicros + loadMicros + (databaseMicros == null ? 0 : databaseMicros);
    }

    /** Whether other processes took so much that throughput and latency say little. */
    boolean disturbed() {
        return othersPercent != null && othersPercent > DISTURBED_PERCENT;
    }

    /**
     * Of several rounds the one that the rest of the machine disturbed least, with what went wrong in any of them.
     */
    static Measurement leastDisturbed(List<Measurement> rounds) {
        Measurement best = Collections.min(rounds, Comparator.comparing(Measurement::othersPercent,
                Comparator.nullsLast(Comparator.naturalOrder())));
        return new Measurement(best.system, best.phase, best.seconds, best.copies, best.messages, best.latency,
                best.brokerMicros, best.systemMicros, best.databaseMicros, best.loadMicros, best.othersPercent, best.residentMegabytes,
                best.bytesPerCopy, best.sent,
                rounds.stream().mapToInt(Measurement::lost).sum(),
                rounds.stream().mapToLong(Measurement::outOfOrder).sum(),
                rounds.stream().mapToLong(Measurement::repeated).sum(),
                rounds.stream().mapToLong(Measurement::strays).sum());
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
