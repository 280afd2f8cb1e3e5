package chat21.observer.ops.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counts by labels that clients choose. Only so many values get a counter of their own, the first that come; all others
 * share one. For one thread.
 */
final class BoundedCounter {

    /** The label of what has no counter of its own. */
    static final String OTHER = "other";

    private static final int MAX_LENGTH = 64;

    private final MeterRegistry meters;
    private final String name;
    private final String description;
    private final List<String> labels;
    private final int maxValues;
    private final Map<List<String>, Counter> known = new HashMap<>();
    private Counter others;

    /** @param maxValues how many combinations of values get a counter of their own */
    BoundedCounter(MeterRegistry meters, String name, String description, List<String> labels, int maxValues) {
        this.meters = meters;
        this.name = name;
        this.description = description;
        this.labels = labels;
        this.maxValues = maxValues;
    }

    /** The value of a label that JSON holds: null unless it is a text; a long one counts as other. */
    static String label(JsonNode value) {
        String text = value.textValue();
        if (text == null || text.isEmpty()) {
            return null;
        }
        return text.length() > MAX_LENGTH ? OTHER : text;
    }

    /** Counts one, unless one of the values is null. */
    void increment(String... values) {
        for (String value : values) {
            if (value == null) {
                return;
            }
        }
        counter(List.of(values)).increment();
    }

    private Counter counter(List<String> values) {
        Counter found = known.get(values);
        if (found != null) {
            return found;
        }
        if (known.size() < maxValues) {
            Counter added = register(values);
            known.put(values, added);
            return added;
        }
        if (others == null) {
            others = register(labels.stream().map(label -> OTHER).toList());
        }
        return others;
    }

    private Counter register(List<String> values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < labels.size(); i++) {
            tags = tags.and(labels.get(i), values.get(i));
        }
        return Counter.builder(name).description(description).tags(tags).register(meters);
    }
}
