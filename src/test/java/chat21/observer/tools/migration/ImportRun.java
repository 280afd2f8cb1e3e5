package chat21.observer.tools.migration;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;

import chat21.observer.testing.TestDatabase;

/** The command line in a folder of its own, with a database in it. */
final class ImportRun implements AutoCloseable {

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    ImportRun(Path folder) {
        this.folder = folder;
    }

    /** A document of the collection messages, in one line. */
    static String message(String owner, String peer, String id, long n, String status) {
        return "{\"_id\":{\"$oid\":\"5f5e1000\"},\"timelineOf\":\"" + owner + "\",\"conversWith\":\"" + peer
                + "\",\"message_id\":\"" + id + "\",\"sender\":\"alice\",\"recipient\":\"bob\",\"text\":\"" + id
                + "\",\"type\":\"text\",\"channel_type\":\"direct\",\"app_id\":\"tilechat\",\"timestamp\":{\"$numberLong\":\""
                + (1_600_000_000_000L + n) + "\"},\"attributes\":{\"projectId\":\"p1\"},\"status\":" + status + "}";
    }

    void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    Path refusedFile(String ending) throws IOException {
        try (var files = Files.list(folder.resolve("refused"))) {
            return files.filter(f -> f.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    TestDatabase database() {
        return TestDatabase.h2In(folder);
    }

    /** Runs it and returns its exit code. */
    int run(String... arguments) {
        ImportCommand command = new ImportCommand(Path.of("application.properties").toAbsolutePath(),
                Map.of("chat21.database.url", database().url(), "chat21.database.user", "chat21"), folder);
        return new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    @Override
    public void close() throws SQLException {
        if (Files.exists(folder.resolve("chat.mv.db"))) {
            try (var connection = DriverManager.getConnection(database().url(), "chat21", "");
                    var statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
        }
    }
}
