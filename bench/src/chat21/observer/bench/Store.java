package chat21.observer.bench;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The database of a target: a file of H2, or a PostgreSQL of its own, which waits for the disk as in production. */
final class Store implements AutoCloseable {

    private static final String USER = "chat21";

    private final TestPostgres postgres;
    private final String url;

    private Store(TestPostgres postgres, String url) {
        this.postgres = postgres;
        this.url = url;
    }

    /** A new one, filled if the set-up asks for it. */
    static Store in(Path data, Setup setup, Population population) {
        TestPostgres postgres = setup.postgres() ? TestPostgres.durable() : null;
        try {
            Files.createDirectories(data);
            TestDatabase database = postgres == null ? null : postgres.newDatabase();
            Store store = new Store(postgres, database == null ? "jdbc:h2:file:" + data.resolve("database/chat21")
                    : database.url());
            if (setup.filled()) {
                store.fill(population);
            }
            return store;
        } catch (SQLException | IOException | RuntimeException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw e instanceof IOException io ? new UncheckedIOException(io) : new IllegalStateException(e);
        }
    }

    private void fill(Population population) throws SQLException {
        Progress.begin("store %,d messages of %,d users".formatted(population.messages(), population.users()));
        long start = System.nanoTime();
        try (Database database = Database.open(new DatabaseSettings(url, USER, "", 4, 5_000, false))) {
            Filler.fill(population, database);
        }
        if (postgres == null) {
            // The file would stay open in this process otherwise.
            try (Connection connection = DriverManager.getConnection(url, USER, "");
                    Statement statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
        }
        Progress.end("%.0f s".formatted((System.nanoTime() - start) / 1e9));
    }

    /** By which an observer finds it. */
    Map<String, String> environment() {
        return Map.of("DATABASE_URL", url, "DATABASE_USER", USER, "DATABASE_PASSWORD", "");
    }

    /** Of its own process; 0 if it is part of the observer's. */
    long pid() {
        return postgres == null ? 0 : postgres.pid();
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
