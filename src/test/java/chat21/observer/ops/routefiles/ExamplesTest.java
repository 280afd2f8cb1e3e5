package chat21.observer.ops.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code examples/}, alone and together, as they are tried, checked and started. */
class ExamplesTest {

    private static URLClassLoader classes;

    @TempDir
    private Path home;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(),
                "examples/Translator.java")).isZero();
        classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ExamplesTest.class.getClassLoader());
        assertThat(classes).isNotNull().satisfies(loader -> loader.loadClass("com.example.Translator"));
    }

    static Stream<List<String>> subsets() throws IOException {
        List<String> all = examples();
        return IntStream.range(1, 1 << all.size()).mapToObj(bits ->
                IntStream.range(0, all.size()).filter(i -> (bits >> i & 1) == 1).mapToObj(all::get).toList());
    }

    @ParameterizedTest
    @MethodSource("subsets")
    void anyOfTheExamplesWorkTogether(List<String> files) throws Exception {
        try (FollowedRoutes dropped = new FollowedRoutes(home.resolve("dropped")).classes(classes).begin();
                FollowedRoutes started = new FollowedRoutes(home.resolve("started")).classes(classes)) {
            for (String file : files) {
                String text = Files.readString(Path.of("examples", file));
                dropped.put(file, text);
                started.put(file, text);
            }
            String[] routes = files.stream().flatMap(file -> file.equals("enrich-from-table.yaml")
                    ? Stream.of("create-customers", "enrich-from-table") : Stream.of(file.replace(".yaml", "")))
                    .toArray(String[]::new);

            assertThat(dropped.follow().problems()).isEmpty();
            dropped.assertRunning(routes);
            assertThat(started.checked()).isEmpty();
            started.begin().assertRunning(routes);
            assertThat(started.problems()).isEmpty();
        }
    }

    private static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")).sorted().toList();
        }
    }
}
