package chat21.observer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

/** The database behind the inboxes: H2 in a file, or PostgreSQL, whichever the URL names. */
public final class Database implements AutoCloseable {

    private final HikariDataSource pool;
    private final String flush;

    /** Work within one transaction. */
    @FunctionalInterface
    public interface Work {
        void run(Connection connection) throws SQLException;
    }

    private Database(HikariDataSource pool, String flush) {
        this.pool = pool;
        this.flush = flush;
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
            ReopeningSource source = new ReopeningSource(settings);
            config.setDataSource(source);
            config.setExceptionOverride(source.errors());
        } else {
            config.setJdbcUrl(settings.effectiveUrl());
            config.setUsername(settings.user());
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.maxConnections());
        config.setConnectionTimeout(settings.connectionTimeoutMs());
        config.setAutoCommit(true);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(pool, settings.flushStatement());
    }

    /** A connection of the pool that commits each statement by itself. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Runs work in one transaction; when it returns, the transaction is committed, though not yet flushed. */
    public void inTransaction(Work work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.run(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                restore(connection);
            }
        }
    }

    /** Returns when all that was committed would survive the end of this process. */
    public void flush() throws SQLException {
        if (flush != null) {
            try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute(flush);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is broken; the pool throws it away and the first error has been reported.
            org.slf4j.LoggerFactory.getLogger(Database.class).debug("connection not restored", e);
        }
    }
}
