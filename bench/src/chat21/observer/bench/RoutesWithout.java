package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The flow without some of its steps, which shows what these cost. In the place of one that publishes copies is one that
 * tells the load of them.
 */
final class RoutesWithout {

    // The steps that publish copies.
    private static final Set<String> PUBLISHING = Set.of("publish-batch", "publish-portion");

    private final Set<String> steps;
    private final Set<String> missing;

    private RoutesWithout(Set<String> steps) {
        this.steps = steps;
        this.missing = new TreeSet<>(steps);
    }

    /**
     * Copies the files of routes without these steps.
     *
     * @param steps their ids, with a + between them
     * @throws IllegalArgumentException if no step has one of these ids
     */
    static void copy(Path routes, Path to, String steps) throws IOException {
        RoutesWithout without = new RoutesWithout(ids(steps));
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                without.takeOut(document);
                Files.writeString(to.resolve(file.getFileName()),
                        new Dump(DumpSettings.builder().build()).dumpToString(document));
            }
        }
        if (!without.missing.isEmpty()) {
            throw new IllegalArgumentException("no step has the id '" + String.join("' or '", without.missing) + "'");
        }
    }

    /** Whether without these steps copies are only told of: their ids, with a + between them. */
    static boolean tells(String steps) {
        return PUBLISHING.stream().anyMatch(ids(steps)::contains);
    }

    private static Set<String> ids(String steps) {
        return Set.of(steps.split("\\+"));
    }

    @SuppressWarnings("unchecked")
    private void takeOut(Object part) {
        if (part instanceof Map<?, ?> map) {
            map.values().forEach(this::takeOut);
        } else if (part instanceof List<?> list) {
            takeOutOf((List<Object>) list);
            list.forEach(this::takeOut);
        }
    }

    private void takeOutOf(List<Object> list) {
        for (ListIterator<Object> elements = list.listIterator(); elements.hasNext();) {
            String id = id(elements.next());
            if (steps.contains(id)) {
                missing.remove(id);
                if (PUBLISHING.contains(id)) {
                    elements.set(telling(id));
                } else {
                    elements.remove();
                }
            }
        }
    }

    // Empty where an element is no step.
    private static String id(Object element) {
        return element instanceof Map<?, ?> one && one.size() == 1
                && one.values().iterator().next() instanceof Map<?, ?> body && body.get("id") instanceof String id ? id : "";
    }

    private static Map<String, Object> telling(String id) {
        return Map.of("bean", Map.of("id", "without-" + id, "description", "Tells the load what would have arrived.",
                "beanType", Arrivals.class.getName(), "method", "tell"));
    }
}
