package chat21.observer.internals.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.h2.api.ErrorCode;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * Connections to H2 that come back after H2 has closed itself, as it does when it cannot write its file, for instance to a
 * full disk.
 *
 * <p>Such connections still say that they are valid, and closing one of them takes a database away that was opened anew
 * meanwhile. So all are closed before the first new one is opened. A statement that was under way does the same: then the
 * database that H2 has forgotten holds the file, and is shut down before the next one is opened.
 */
public final class ReopeningSource {

    private static final Set<Integer> CLOSED = Set.of(ErrorCode.DATABASE_IS_CLOSED, ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
            ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2, ErrorCode.DATABASE_ALREADY_OPEN_1);
    private static final Set<Integer> STORE_CLOSED = Set.of(DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_INTERNAL,
            DataUtils.ERROR_CLOSED);

    private final DataSource h2;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Set<Database> opened = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    /** @param url with all that H2 is to do otherwise */
    public ReopeningSource(String url, String user, String password) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        h2 = source;
    }

    /** What a pool takes them from. */
    public DataSource connections() {
        return Forwarding.of(DataSource.class, (method, arguments) -> method.getName().equals("getConnection") ? getConnection()
                : Forwarding.to(h2, method, arguments));
    }

    synchronized Connection getConnection() throws SQLException {
        if (broken) {
            closeAll();
            broken = false;
        }
        Connection connection = open();
        open.add(connection);
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            opened.add(session.getDatabase());
        }
        return tellingOfItsEnd(connection);
    }

    private void closeAll() {
        open.forEach(ReopeningSource::closeQuietly);
        open.clear();
        opened.forEach(Database::shutdownImmediately);
        opened.clear();
    }

    private Connection open() throws SQLException {
        try {
            return h2.getConnection();
        } catch (SQLException e) {
            broken |= isClosed(e);
            throw e;
        }
    }

    /** Tells the pool which errors a connection does not survive. */
    public SQLExceptionOverride errors() {
        return new SQLExceptionOverride() {
            // The plain name is that of the pool's own type here.
            @java.lang.Override
            public SQLExceptionOverride.Override adjudicate(SQLException error) {
                if (isClosed(error)) {
                    broken = true;
                    return SQLExceptionOverride.Override.MUST_EVICT;
                }
                return SQLExceptionOverride.Override.CONTINUE_EVICT;
            }
        };
    }

    private static boolean isClosed(SQLException error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && CLOSED.contains(sql.getErrorCode())
                    || t instanceof MVStoreException store && STORE_CLOSED.contains(store.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    private Connection tellingOfItsEnd(Connection connection) {
        return Forwarding.of(Connection.class, (method, arguments) -> {
            boolean isOpen = open.contains(connection);
            switch (method.getName()) {
                case "close" -> {
                    close(connection);
                    return null;
                }
                case "isValid" -> {
                    return isOpen && !broken && connection.isValid((Integer) arguments[0]);
                }
                case "toString" -> {
                    return connection.toString();
                }
                // The pool asks for these around isValid, and would warn of each connection that is gone.
                case "getNetworkTimeout", "setNetworkTimeout" -> {
                    return isOpen ? Forwarding.to(connection, method, arguments) : method.getReturnType() == int.class ? 0 : null;
                }
                default -> {
                    if (!isOpen) {
                        throw new SQLNonTransientConnectionException("The database was opened anew.", "08003");
                    }
                    return Forwarding.to(connection, method, arguments);
                }
            }
        });
    }

    // What was closed already must not be closed once more: it would close what has been opened since.
    private synchronized void close(Connection connection) {
        if (open.remove(connection)) {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(ReopeningSource.class).debug("closed with an error", e);
        }
    }
}
