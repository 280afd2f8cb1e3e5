package chat21.observer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of {@code routes/}, read as plain YAML. */
public final class RouteFiles {

    private RouteFiles() {
    }

    /**
     * Something that a route file defines and an operator may see.
     *
     * @param file where
     * @param kind its key in the YAML, such as {@code route} or {@code bean}
     * @param body what it says
     */
    public record Part(Path file, String kind, Map<String, Object> body) {

        /** One of its texts; null where it is absent. */
        public String text(String key) {
            return body.get(key) == null ? null : body.get(key).toString();
        }

        /** Whether Camel runs it as a step of its own. */
        public boolean isStep() {
            return !List.of("route", "routeConfiguration", "when", "otherwise", "onException", "from").contains(kind);
        }

        @Override
        public String toString() {
            return file.getFileName() + " " + kind + " " + text("id");
        }
    }

    /** All files, in the order of their names. */
    public static List<Path> all() {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies them all into a folder, which is made where there is none, and returns it. */
    public static Path copyTo(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Path file : all()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every route and everything in it. */
    public static List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Path file : all()) {
            try {
                collect(file, new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)), parts);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return parts;
    }

    private static void collect(Path file, Object value, List<Part> parts) {
        if (value instanceof List<?> list) {
            list.forEach(one -> collectKeyed(file, one, parts));
        }
    }

    private static void collectKeyed(Path file, Object keyed, List<Part> parts) {
        if (keyed instanceof Map<?, ?> map) {
            map.forEach((kind, body) -> collectPart(file, kind.toString(), body, parts));
        }
    }

    @SuppressWarnings("unchecked")
    private static void collectPart(Path file, String kind, Object value, List<Part> parts) {
        if (!(value instanceof Map<?, ?> map)) {
            parts.add(new Part(file, kind, Map.of()));
            return;
        }
        Map<String, Object> body = (Map<String, Object>) map;
        if (kind.equals("routeTemplate")) {
            // Its route has the template's name, followed by what tells it from others.
            Map<String, Object> route = new LinkedHashMap<>((Map<String, Object>) body.get("route"));
            route.put("id", body.get("id"));
            collectPart(file, "route", route, parts);
            return;
        }
        parts.add(new Part(file, kind, body));
        collect(file, body.get("steps"), parts);
        collect(file, body.get("onException"), parts);
        if (body.get("from") != null) {
            collectPart(file, "from", body.get("from"), parts);
        }
        if (body.get("otherwise") != null) {
            collectPart(file, "otherwise", body.get("otherwise"), parts);
        }
        if (body.get("when") instanceof List<?> branches) {
            branches.forEach(branch -> collectPart(file, "when", branch, parts));
        }
    }
}
