package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The flow without one of its steps, which shows what that step costs. */
final class RoutesWithout {

    private boolean found;
    private final String step;

    private RoutesWithout(String step) {
        this.step = step;
    }

    /**
     * Copies the files of routes without a step.
     *
     * @throws IllegalArgumentException if no step has that id
     */
    static void copy(Path routes, Path to, String step) throws IOException {
        RoutesWithout without = new RoutesWithout(step);
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                without.takeOut(document);
                Files.writeString(to.resolve(file.getFileName()),
                        new Dump(DumpSettings.builder().build()).dumpToString(document));
            }
        }
        if (!without.found) {
            throw new IllegalArgumentException("no step has the id '" + step + "'");
        }
    }

    private void takeOut(Object part) {
        if (part instanceof Map<?, ?> map) {
            map.values().forEach(this::takeOut);
        } else if (part instanceof List<?> list) {
            found |= list.removeIf(this::isTheStep);
            list.forEach(this::takeOut);
        }
    }

    private boolean isTheStep(Object element) {
        return element instanceof Map<?, ?> one && one.size() == 1
                && one.values().iterator().next() instanceof Map<?, ?> body && step.equals(body.get("id"));
    }
}
