package chat21.observer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All that one run has found out.
 *
 * @param conditions under which it was found out, in words
 */
record Results(String measuredAt, Machine machine, String conditions, List<StartUp> startUps, List<Measurement> measurements,
        List<ReadMeasurement> reads, List<WebhookMeasurement> webhooks, List<ConnectMeasurement> connects) {

    Results(String measuredAt, Machine machine, String conditions, List<StartUp> startUps, List<Measurement> measurements) {
        this(measuredAt, machine, conditions, startUps, measurements, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    static Results of(String measuredAt, Machine machine, String conditions) {
        return new Results(measuredAt, machine, conditions, new ArrayList<>(), new ArrayList<>());
    }

    List<Measurement> openLoops() {
        return measurements.stream().filter(each -> each.phase().open()).toList();
    }

    List<Measurement> closedLoops() {
        return measurements.stream().filter(each -> !each.phase().open()).toList();
    }

    /** Systems in the order in which they were measured. */
    List<String> systems() {
        return measurements.stream().map(Measurement::system).distinct().toList();
    }

    /** A figure as a multiple of the relay's in the same phase; nothing if no relay was measured. */
    Optional<Double> ratio(Measurement measurement, ToDoubleFunction<Measurement> figure) {
        return relayOf(measurement)
                .map(relay -> figure.applyAsDouble(measurement) / figure.applyAsDouble(relay))
                .filter(Double::isFinite);
    }

    /** Whether other processes disturbed this measurement or the relay's, so that their ratio says little. */
    boolean disturbed(Measurement measurement) {
        return measurement.disturbed() || relayOf(measurement).map(Measurement::disturbed).orElse(false);
    }

    private Optional<Measurement> relayOf(Measurement measurement) {
        return measurements.stream()
                .filter(each -> each.system().equals(Target.RELAY) && each.phase().equals(measurement.phase()))
                .findFirst();
    }

    /** Whether each message came, and came in order, each request was answered and each event came that was wanted. */
    boolean flawless() {
        return measurements.stream().allMatch(each -> each.lost() == 0 && each.outOfOrder() == 0)
                && reads.stream().allMatch(each -> each.failed() == 0)
                && webhooks.stream().allMatch(each -> each.missing() == 0);
    }
}
