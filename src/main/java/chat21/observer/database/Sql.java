package chat21.observer.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The project's SQL: a file a subject under {@code /sql}, with every value a bound parameter. A line
 * {@code -- name: find-group} stands before each statement, and what else such a line says is for who reads it.
 */
final class Sql {

    private static final String COMMENT = "--";
    private static final String NAME = "-- name: ";
    private static final Map<String, Map<String, String>> FILES = new ConcurrentHashMap<>();

    private Sql() {
    }

    /** @throws IllegalArgumentException naming file and statement, if there is none of that name */
    static String named(String file, String name) {
        String sql = FILES.computeIfAbsent(file, Sql::read).get(name);
        if (sql == null) {
            throw new IllegalArgumentException("sql/" + file + ".sql has no statement named " + name);
        }
        return sql;
    }

    private static Map<String, String> read(String file) {
        String path = "sql/" + file + ".sql";
        return statements(path, text(path));
    }

    private static String text(String path) {
        try (InputStream in = Sql.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no file " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statements of a file, by their names. */
    static Map<String, String> statements(String file, String text) {
        Map<String, String> statements = new HashMap<>();
        String[] parts = ("\n" + text).split("\n" + NAME);
        for (int i = 1; i < parts.length; i++) {
            String[] lines = parts[i].split("\n", 2);
            String name = lines[0].strip();
            String sql = lines.length < 2 ? "" : withoutComments(lines[1]);
            if (sql.isEmpty() || statements.put(name, sql) != null) {
                throw new IllegalArgumentException(file + " has " + (sql.isEmpty() ? "nothing" : "two statements") + " under " + name);
            }
        }
        return statements;
    }

    private static String withoutComments(String text) {
        return String.join("\n", text.lines().filter(line -> !line.startsWith(COMMENT)).toList()).strip();
    }
}
