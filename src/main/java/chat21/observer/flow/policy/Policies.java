package chat21.observer.flow.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The policies that are in effect, by their places. It costs next to nothing to find that there are none. */
public final class Policies {

    private static final PolicyConsumer[] NONE = {};
    // Ids that Camel gave are alike but for a number, which grows within a file.
    private static final Comparator<PolicyConsumer> ORDER = Comparator.comparingInt(PolicyConsumer::order)
            .thenComparing(PolicyConsumer::name).thenComparing(policy -> policy.getRouteId().length())
            .thenComparing(PolicyConsumer::getRouteId);

    private final MeterRegistry meters;
    private volatile Map<Place, PolicyConsumer[]> present = new EnumMap<>(Place.class);

    public Policies(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("chat21_policies_failing", this, policies -> policies.problems().size())
                .description("Policies that fail again and again or are switched off").register(meters);
    }

    MeterRegistry meters() {
        return meters;
    }

    /** The policies of a place, in the order in which they are asked. */
    PolicyConsumer[] at(Place place) {
        return present.getOrDefault(place, NONE);
    }

    /** What is wrong with those that fail again and again or are switched off; null where nothing is. */
    public String problem() {
        List<String> problems = problems();
        return problems.isEmpty() ? null : String.join("; ", problems);
    }

    List<String> problems() {
        return present.values().stream().flatMap(Arrays::stream).map(PolicyConsumer::problem)
                .filter(Objects::nonNull).toList();
    }

    synchronized void add(Place place, PolicyConsumer policy) {
        List<PolicyConsumer> all = new ArrayList<>(Arrays.asList(at(place)));
        all.add(policy);
        all.sort(ORDER);
        replace(place, all);
    }

    synchronized void remove(Place place, PolicyConsumer policy) {
        List<PolicyConsumer> all = new ArrayList<>(Arrays.asList(at(place)));
        all.remove(policy);
        replace(place, all);
    }

    private void replace(Place place, List<PolicyConsumer> all) {
        Map<Place, PolicyConsumer[]> next = new EnumMap<>(Place.class);
        next.putAll(present);
        next.put(place, all.toArray(NONE));
        present = next;
    }
}
