package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The page about guarantees names tests that there are. */
class GuaranteesPageTest {

    private static final Path PAGE = Path.of("docs/guarantees.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAME = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");

    @Test
    void eachTestThatItNamesExists() throws IOException {
        Map<String, String> classes = classes();
        List<MatchResult> named = NAME.matcher(Files.readString(PAGE)).results().toList();

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(named).allSatisfy(name -> {
            assertThat(classes).containsKey(name.group(1));
            assertThat(tests(classes.get(name.group(1)))).as(name.group(1)).contains(name.group(2));
        });
    }

    @Test
    void eachRowOfItsTablesOfFaultsAndClientsNamesATest() throws IOException {
        String page = Files.readString(PAGE);
        String tables = page.substring(page.indexOf("## Faults"), page.indexOf("## What is not promised"));

        assertThat(tables.lines().filter(line -> line.startsWith("|") && !line.contains("|---") && !line.endsWith("| test |")))
                .hasSizeGreaterThan(30).allMatch(line -> NAME.matcher(line).find());
    }

    private static Map<String, String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""),
                    file -> TESTS.relativize(file).toString().replace(".java", "").replace('/', '.'), (a, b) -> a));
        }
    }

    private static List<String> tests(String name) throws ClassNotFoundException {
        Stream.Builder<Class<?>> types = Stream.builder();
        for (Class<?> type = Class.forName(name); type != null; type = type.getSuperclass()) {
            types.add(type);
            Arrays.stream(type.getDeclaredClasses()).forEach(types);
        }
        return types.build().flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(m -> m.isAnnotationPresent(Test.class) || m.isAnnotationPresent(ParameterizedTest.class))
                .map(java.lang.reflect.Method::getName).toList();
    }
}
