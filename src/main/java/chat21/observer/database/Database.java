package chat21.observer.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import chat21.observer.internals.h2.Damage;
import chat21.observer.internals.h2.DatabaseFile;
import chat21.observer.internals.h2.Forwarding;
import chat21.observer.internals.h2.ReopeningSource;
import chat21.observer.internals.h2.SharedConnection;
import chat21.observer.settings.PrivateFiles;
import chat21.observer.settings.StartFailure;
import chat21.observer.upkeep.Repeated;

/** The database behind the inboxes: H2 in a file, or PostgreSQL, whichever the URL names. */
public final class Database implements AutoCloseable {

    private static final Statement FIND_FILE = new Statement("h2", "find-file");

    private static final int VALIDATION_S = 2;
    private static final long COMPACTION_INTERVAL_MS = 100;

    private final HikariDataSource pool;
    // That of an embedded H2, else null.
    private final DatabaseFile file;
    private Repeated compaction;
    private HikariDataSource ofRoutes;
    private final boolean servesOneProcess;
    // That of PostgreSQL, else 0.
    private final int longTimeoutMs;

    /** Work within one transaction. */
    @FunctionalInterface
    public interface Work {
        void run(Connection connection) throws SQLException;
    }

    private Database(HikariDataSource pool, DatabaseSettings settings) {
        this.pool = pool;
        this.file = settings.isEmbeddedFile() ? new DatabaseFile(settings.syncToDisk()) : null;
        this.servesOneProcess = settings.servesOneProcess();
        this.longTimeoutMs = settings.isH2() ? 0 : settings.longTimeoutMs();
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws RuntimeException if it cannot be reached or its schema cannot be brought up to date
     */
    public static Database open(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("chat21");
        if (settings.isH2()) {
            Damage.refuseEmpty(settings.file());
            makeFolder(settings);
            ReopeningSource source = new ReopeningSource(settings.effectiveUrl(), settings.user(),
                    settings.password());
            config.setDataSource(source.connections());
            config.setExceptionOverride(source.errors());
        } else {
            config.setJdbcUrl(settings.effectiveUrl());
            config.setUsername(settings.user());
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.maxConnections());
        config.setConnectionTimeout(settings.connectionTimeoutMs());
        config.setValidationTimeout(Math.min(TimeUnit.SECONDS.toMillis(VALIDATION_S), settings.connectionTimeoutMs()));
        config.setAutoCommit(true);
        config.setConnectionInitSql(settings.initStatement());
        HikariDataSource pool = new HikariDataSource(config);
        Database database = new Database(pool, settings);
        try {
            FluentConfiguration configuration = settings.isH2() ? Flyway.configure().dataSource(pool)
                    : Flyway.configure().dataSource(settings.schemaUrl(), settings.user(), settings.password());
            Flyway flyway = configuration.locations("classpath:db/migration").load();
            NewerSchema.refuse(flyway);
            flyway.migrate();
            // A schema that is only half on disk would be no ground for what is repeated from a journal.
            database.flush();
            database.startCompaction();
            return database;
        } catch (SQLException e) {
            pool.close();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    // What is stored is for the owner of this process alone; a folder that is there already stays as it is.
    private static void makeFolder(DatabaseSettings settings) {
        try {
            if (settings.file() != null) {
                PrivateFiles.folder(settings.file().getParent());
            }
        } catch (IOException e) {
            throw new IllegalStateException("its folder cannot be made: " + e, e);
        }
    }

    private void startCompaction() {
        if (file != null) {
            compaction = new Repeated("chat21-compaction", COMPACTION_INTERVAL_MS, () -> onFile(file::compact));
        }
    }

    /** Whether no other process can reach it while this one does. */
    public boolean servesOneProcess() {
        return servesOneProcess;
    }

    /**
     * The database for integrators' own routes, over connections of their own, so that they never wait for those of the flow
     * nor take them; to be called once.
     *
     * @param maxConnections how many of them work with it at once; none is open while none does
     */
    public DataSource forRoutes(int maxConnections) {
        HikariConfig config = new HikariConfig();
        ((HikariConfig) pool).copyStateTo(config);
        config.setPoolName("chat21-routes");
        config.setMaximumPoolSize(maxConnections);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        ofRoutes = new HikariDataSource(config);
        return file == null ? ofRoutes : SharedConnection.source(ofRoutes, file);
    }

    /** A connection of the pool that commits each statement by itself. */
    public Connection connection() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            giveUpIdle();
            throw e;
        }
    }

    /** The same connections for what asks a source for them. */
    public DataSource source() {
        return Forwarding.of(DataSource.class, (method, arguments) -> method.getName().equals("getConnection")
                ? connection() : Forwarding.to(pool, method, arguments));
    }

    /** Why it does not answer, in words; null if it does. Connections that it does not answer on within that time are given up. */
    public String problem(int timeoutSeconds) {
        try (Connection connection = connection()) {
            if (connection.isValid(timeoutSeconds)) {
                return null;
            }
            giveUp(connection);
            return "no answer within " + timeoutSeconds + " s";
        } catch (SQLException e) {
            return StartFailure.innermost(e);
        }
    }

    /** Runs work in one transaction; when it returns, the transaction is committed, though not yet flushed. */
    public void inTransaction(Work work) throws SQLException {
        inTransaction(work, false);
    }

    /** The same for work that may touch very many rows, and so may take long. */
    public void inLongTransaction(Work work) throws SQLException {
        inTransaction(work, longTimeoutMs > 0);
    }

    private void inTransaction(Work work, boolean mayTakeLong) throws SQLException {
        try (Connection connection = connection()) {
            try {
                connection.setAutoCommit(false);
                if (mayTakeLong) {
                    allowLong(connection);
                }
                try (DatabaseFile.Turn turn = file == null ? () -> { } : file.begin(connection)) {
                    commitOrRollBack(connection, work);
                }
            } catch (SQLException | RuntimeException e) {
                evictIfBroken(connection);
                throw e;
            }
        }
    }

    // The pool sets the connection's own bound again when it comes back.
    private void allowLong(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, longTimeoutMs);
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = " + longTimeoutMs);
        }
    }

    // Whatever ends the work, an Error too: half of a transaction must never be committed. To leave it to the pool to commit
    // each statement by itself again is a part of that, since the database commits what is open when it is told so.
    private void commitOrRollBack(Connection connection, Work work) throws SQLException {
        try {
            work.run(connection);
            connection.commit();
        } catch (Throwable e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** Returns when all that was committed would survive the end of this process. */
    public void flush() throws SQLException {
        if (file != null) {
            onFile(file::write);
        }
    }

    private void onFile(Work work) throws SQLException {
        try (Connection connection = connection()) {
            work.run(connection);
        }
    }

    /** Returns when no transaction goes on, and lets none begin any more: before the process ends. */
    public void endTransactions() {
        if (file != null) {
            file.end();
        }
    }

    /** Where its file is, without ending, if this process writes it. */
    public Path file() throws SQLException {
        try (Connection connection = connection()) {
            String file = FIND_FILE.first(connection, row -> row.getString(1));
            return Path.of(file);
        }
    }

    @Override
    public void close() {
        if (ofRoutes != null) {
            ofRoutes.close();
        }
        if (compaction != null) {
            compaction.close();
        }
        pool.close();
    }

    private void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException | Error e) {
            cause.addSuppressed(e);
            // Closed, it is rolled back by the database.
            pool.evictConnection(connection);
        }
    }

    // The pool itself does not look at a connection that was used half a second ago.
    private void evictIfBroken(Connection connection) throws SQLException {
        if (!connection.isValid(VALIDATION_S)) {
            giveUp(connection);
        }
    }

    // Where one is dead the idle ones probably are too, and to find that out takes as long for each.
    private void giveUp(Connection connection) {
        pool.evictConnection(connection);
        giveUpIdle();
    }

    // Where all are in use there is none to be had, and that says nothing of them.
    private void giveUpIdle() {
        if (file == null && pool.getHikariPoolMXBean().getIdleConnections() > 0) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }
}
