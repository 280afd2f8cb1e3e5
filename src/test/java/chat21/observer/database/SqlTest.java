package chat21.observer.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class SqlTest {

    private static final Pattern ASKED = Pattern.compile("new Statement\\(\\s*\"([^\"]+)\",\\s*\"([^\"]+)\"\\)");

    @Test
    void eachStatementThatIsAskedForIsThereAndEachThatIsThereIsAskedFor() throws IOException {
        Set<String> asked = new TreeSet<>();
        files(Path.of("src/main/java"), source -> ASKED.matcher(read(source)).results()
                .forEach(found -> asked.add(found.group(1) + ": " + found.group(2))));
        Set<String> there = new TreeSet<>();
        files(Path.of("src/main/resources/sql"), file -> Sql.statements(file.toString(), read(file)).keySet()
                .forEach(name -> there.add(file.getFileName().toString().replace(".sql", "") + ": " + name)));

        assertThat(asked).isNotEmpty().isEqualTo(there);
    }

    @Test
    void eachStatementIsOneOfTheSchema() throws SQLException, IOException {
        try (Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", "", 2,
                5_000, false)); Connection connection = database.connection()) {
            files(Path.of("src/main/resources/sql"), file -> Sql.statements(file.toString(), read(file))
                    .forEach((name, sql) -> assertThatCode(() -> connection.prepareStatement(Statement.positional(sql)).close())
                            .as("%s in %s", name, file).doesNotThrowAnyException()));
        }
    }

    @Test
    void aStatementThatIsMissingIsNamedWithItsFile() {
        assertThatThrownBy(() -> new Statement("groups", "find-nothing"))
                .hasMessage("sql/groups.sql has no statement named find-nothing");
        assertThatThrownBy(() -> new Statement("nothing", "find-group")).hasMessage("there is no file sql/nothing.sql");
    }

    @Test
    void aNameStandsForOneStatement() {
        assertThatThrownBy(() -> Sql.statements("a.sql", "-- name: one\nselect 1\n-- name: one\nselect 2\n"))
                .hasMessage("a.sql has two statements under one");
        assertThatThrownBy(() -> Sql.statements("a.sql", "-- name: none\n-- a comment\n\n-- name: one\nselect 1\n"))
                .hasMessage("a.sql has nothing under none");
    }

    @Test
    void whatIsForReadersIsNoPartOfAStatement() {
        assertThat(Sql.statements("a.sql", "-- What it is about.\n\n-- name: one\n-- Why.\nselect 1,\n    '-- 2'\n"))
                .containsOnlyKeys("one").containsEntry("one", "select 1,\n    '-- 2'");
    }

    private static void files(Path folder, Consumer<Path> action) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(action);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
