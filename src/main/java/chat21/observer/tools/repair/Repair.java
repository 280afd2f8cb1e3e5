package chat21.observer.tools.repair;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.h2.tools.Recover;
import org.h2.tools.RunScript;

import chat21.observer.database.DatabaseSettings;
import chat21.observer.settings.PrivateFiles;

/**
 * Reads what can be read of a damaged file of H2 into a new one, which takes its place; the damaged one is kept in a
 * folder beside it. What the journal has since comes from there at the next start.
 */
final class Repair {

    private static final String ENDING = ".mv.db";

    private final DatabaseSettings settings;
    private final Path file;
    private final Path kept;

    /**
     * @throws IllegalArgumentException if the settings name no file of H2, or one that is not there
     */
    Repair(DatabaseSettings settings) {
        this.settings = settings;
        this.file = settings.file();
        if (file == null || !Files.exists(file)) {
            throw new IllegalArgumentException("There is nothing to repair: "
                    + (file == null ? "DATABASE_URL names no file of H2." : file + " is not there."));
        }
        this.kept = file.resolveSibling("damaged-" + Instant.now().toString().replaceAll("[^0-9TZ]", ""));
    }

    /** Where the damaged file is kept. */
    Path kept() {
        return kept;
    }

    /**
     * Puts a new file in the place of the damaged one, and returns how many rows each table has there.
     *
     * @throws IOException  if it cannot be read at all, or is in use; then it is where it was
     * @throws SQLException if what was read is no database of this application; then the file is where it was
     */
    Map<String, Long> run() throws IOException, SQLException {
        refuseInUse();
        PrivateFiles.folder(kept);
        Path damaged = kept.resolve(file.getFileName());
        Files.move(file, damaged);
        boolean done = false;
        try {
            Map<String, Long> rows = read();
            Files.move(kept.resolve("repaired" + ENDING), file);
            done = true;
            return rows;
        } finally {
            if (!done) {
                Files.move(damaged, file);
            }
            deleteAllBut(done ? damaged : null);
        }
    }

    private void refuseInUse() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new IOException(file + " is in use: stop the observer first.");
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(file + " is in use: stop the observer first.", e);
        }
    }

    private Map<String, Long> read() throws IOException, SQLException {
        String name = file.getFileName().toString().replace(ENDING, "");
        Recover.execute(kept.toString(), name);
        Path script = kept.resolve(name + ".h2.sql");
        if (!Files.exists(script) || Files.size(script) == 0) {
            throw new IOException("Nothing of " + file + " can be read: put back a copy.");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + kept.resolve("repaired"),
                settings.user(), settings.password());
                var text = Files.newBufferedReader(script, StandardCharsets.UTF_8)) {
            RunScript.execute(connection, text);
            Map<String, Long> rows = count(connection);
            if (!rows.containsKey("MESSAGE") || !rows.containsKey("flyway_schema_history")) {
                throw new IOException("Too little of " + file + " can be read: put back a copy.");
            }
            // Its one row says how far the database has come, and is needed to go on.
            if (rows.get("JOURNAL_POSITION") == 0) {
                update(connection, "insert into journal_position values (0)");
            }
            return rows;
        }
    }

    private static Map<String, Long> count(Connection connection) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (var tables = connection.createStatement(); var found = tables.executeQuery("select table_name from "
                + "information_schema.tables where table_schema = 'PUBLIC' order by table_name")) {
            while (found.next()) {
                String table = found.getString(1);
                try (var statement = connection.createStatement();
                        var count = statement.executeQuery("select count(*) from \"" + table + "\"")) {
                    count.next();
                    rows.put(table, count.getLong(1));
                }
            }
        }
        return rows;
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void deleteAllBut(Path damaged) throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            for (Path each : files.toList()) {
                if (!each.equals(damaged)) {
                    Files.delete(each);
                }
            }
        }
        if (damaged == null) {
            Files.delete(kept);
        }
    }
}
