package chat21.observer.walkthrough;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All that people are told: the README and the pages of {@code docs/}. */
final class Pages {

    private Pages() {
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), files.filter(file -> file.toString().endsWith(".md")))
                    .sorted().toList();
        }
    }
}
