package chat21.observer.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Holds what a deployment of chat21-server calls and sets against what is served here. */
class OriginalDeploymentTest {

    private static final Path TABLES = Path.of("src/test/resources");

    private final String migrating = read(Path.of("docs/migrating.md"));

    @Test
    void eachCallIsServedOrTheMigrationPageSaysThatItIsGone() throws IOException {
        List<String> served = new ArrayList<>();
        JsonNode paths = new ObjectMapper().readTree(Path.of("src/main/resources/openapi.json").toFile()).path("paths");
        paths.fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method ->
                served.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(rows("original-calls.txt", "served")).isNotEmpty().allSatisfy(call -> assertThat(served).contains(call));
        assertThat(rows("original-calls.txt", "gone")).isNotEmpty().allSatisfy(call -> {
            assertThat(served).doesNotContain(call);
            assertThat(migrating).contains("`" + call + "`");
        });
    }

    @Test
    void eachVariableIsReadByASettingOrNamedAtTheStartAndOnTheMigrationPage() {
        Set<String> known = EnvironmentWarnings.namesIn(read(Path.of("application.properties")));
        EnvironmentWarnings warnings = new EnvironmentWarnings(known);

        assertThat(rows("original-variables.txt", "served")).isNotEmpty()
                .allSatisfy(name -> assertThat(name.equals("LOG_LEVEL") || known.contains(name)).isTrue());
        assertThat(rows("original-variables.txt", "useless")).isNotEmpty().allSatisfy(name -> {
            assertThat(known).doesNotContain(name);
            assertThat(warnings.warnings(Set.of(name))).singleElement().asString()
                    .startsWith("The environment variable " + name + " has no effect: ").doesNotContain("may be what was meant");
            assertThat(isOnThePage(name)).as(name + " is on the page").isTrue();
        });
    }

    private boolean isOnThePage(String name) {
        return migrating.contains("`" + name + "`") || Stream.iterate(name.lastIndexOf('_'), i -> i > 0,
                i -> name.lastIndexOf('_', i - 1)).anyMatch(i -> migrating.contains("`" + name.substring(0, i + 1) + "*`"));
    }

    private static List<String> rows(String table, String kind) {
        return read(TABLES.resolve(table)).lines().filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
