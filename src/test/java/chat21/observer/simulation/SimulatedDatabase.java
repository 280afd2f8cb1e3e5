package chat21.observer.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;

/**
 * A database of its own for the observers of a world: H2 in memory, with the schema and the statements as they ship, behind
 * connections that fail, stand still and lose the answers to commits as those to a server may.
 */
final class SimulatedDatabase {

    private static final String H2 = "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=128;OPTIMIZE_REUSE_RESULTS=FALSE";
    private static final long LOCK_LOOK_NANOS = 2_000_000;
    private static final long LOCK_TIMEOUT_NANOS = 2_000_000_000L;

    private final String url;
    // Kept from world to world, since to open them takes longer than most worlds.
    private final List<Connection> idle = new ArrayList<>();
    private final List<Connected> inUse = new ArrayList<>();
    private final Map<Connection, Map<String, PreparedStatement>> prepared = new IdentityHashMap<>();
    // The transaction that goes on.
    private Connected writer;
    private Scheduler scheduler;
    private Trace trace;
    private boolean down;
    private double failing;
    private double errors;
    private long stalledUntil;

    SimulatedDatabase(String name) {
        url = H2.formatted(name);
        Database.open(new DatabaseSettings(url, "chat21", "", 2, 5_000, false)).close();
    }

    /** Begins anew, without rows. */
    void begin(Scheduler with, Trace said) {
        scheduler = with;
        trace = said;
        down = false;
        failing = 0;
        errors = 0;
        stalledUntil = 0;
        List.copyOf(inUse).forEach(Connected::lose);
        for (String table : List.of("timeline", "message", "conversation", "stored_batch", "queue_owner")) {
            rows("delete from " + table);
        }
    }

    void goDown() {
        down = true;
        List.copyOf(inUse).forEach(Connected::lose);
    }

    void comeUp() {
        down = false;
    }

    /** How likely a statement fails, and how likely by an Error. */
    void fail(double how, double byError) {
        failing = how;
        errors = byError;
    }

    void stall(long nanos) {
        stalledUntil = scheduler.now() + nanos;
    }

    /** Whether it has stood still since that time. */
    boolean wasStalled(long since) {
        return stalledUntil > since;
    }

    /** Gives up what a process that is gone, or stands still, has open. */
    void leave(Host host) {
        List.copyOf(inUse).stream().filter(c -> c.host == host).forEach(Connected::lose);
    }

    /** Cuts the connections that are used just now. */
    void cut() {
        List.copyOf(inUse).forEach(Connected::lose);
    }

    /** The rows of a query, past all that fails; a change has none. */
    List<List<String>> rows(String sql) {
        Connection connection = take();
        try {
            PreparedStatement statement = prepared(connection, sql);
            List<List<String>> all = new ArrayList<>();
            if (statement.execute()) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.add(rows.getString(i));
                    }
                    all.add(row);
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        } finally {
            idle.add(connection);
        }
    }

    // To parse a statement takes longer than to execute it.
    private PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        Map<String, PreparedStatement> of = prepared.computeIfAbsent(connection, c -> new HashMap<>());
        PreparedStatement known = of.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            of.put(sql, known);
        }
        return known;
    }

    private Connection take() {
        try {
            if (!idle.isEmpty()) {
                return idle.remove(idle.size() - 1);
            }
            return DriverManager.getConnection(url, "chat21", "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It as one process sees it. */
    Database of(Host host) {
        try {
            var made = Database.class.getDeclaredConstructor(HikariDataSource.class, DatabaseSettings.class);
            made.setAccessible(true);
            return made.newInstance(new Pool(host), new DatabaseSettings("jdbc:postgresql://x/x", "", "", 2, 100, false));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Pool extends HikariDataSource {

        private final Host host;

        private Pool(Host host) {
            this.host = host;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Scheduler.current();
            if (down) {
                scheduler.pause(scheduler.between(1_000_000, 30_000_000));
                throw new SQLTransientConnectionException("no connection", "08001");
            }
            Connected made = new Connected(host, take());
            inUse.add(made);
            return SimulatedChannel.of(Connection.class, made::call);
        }

        @Override
        public void evictConnection(Connection connection) {
            // It is not used again if it is lost.
        }

        @Override
        public HikariPoolMXBean getHikariPoolMXBean() {
            return SimulatedChannel.of(HikariPoolMXBean.class, (self, method, arguments) -> 0);
        }
    }

    /** A connection of a process. */
    private final class Connected {

        private final Host host;
        private final Connection real;
        private boolean lost;

        private Connected(Host host, Connection real) {
            this.host = host;
            this.real = real;
        }

        private void lose() {
            if (!lost) {
                lost = true;
                release();
            }
        }

        // What is open is rolled back, as a pool does too.
        private void release() {
            inUse.remove(this);
            leaveTurn();
            try {
                if (!real.getAutoCommit()) {
                    real.rollback();
                    real.setAutoCommit(true);
                }
                idle.add(real);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private Object call(Object self, Method method, Object[] arguments) throws Throwable {
            Scheduler.current();
            switch (method.getName()) {
                case "close":
                    if (!lost) {
                        lost = true;
                        release();
                    }
                    return null;
                case "rollback":
                    requireOpen();
                    real.rollback();
                    leaveTurn();
                    return null;
                case "isValid":
                    return !lost;
                case "commit":
                    commit();
                    return null;
                case "prepareStatement":
                    requireOpen();
                    String sql = (String) arguments[0];
                    PreparedStatement statement = prepared(real, sql);
                    return SimulatedChannel.of(PreparedStatement.class,
                            (s, called, given) -> onStatement(self, statement, sql, called, given));
                default:
                    requireOpen();
                    return reflect(real, method, arguments);
            }
        }

        private Object onStatement(Object connection, Object statement, String sql, Method method, Object[] arguments)
                throws Throwable {
            if (method.getName().equals("getConnection")) {
                return connection;
            }
            if (method.getName().equals("close")) {
                return null;
            }
            if (!method.getName().startsWith("execute")) {
                Scheduler.current();
                return reflect(statement, method, arguments);
            }
            try {
                work();
                if (scheduler.random().nextDouble() < errors) {
                    throw new SimulatedError();
                }
                awaitTurn();
                Object result = reflect(statement, method, arguments);
                trace.say(host + " made", sql);
                return result;
            } catch (SQLException | SimulatedError e) {
                trace.say(host + " failed by " + e + " in", sql);
                throw e;
            }
        }

        // One transaction at a time: H2 by itself would wait where the simulation does not know of it.
        private void awaitTurn() throws SQLException {
            long until = scheduler.now() + LOCK_TIMEOUT_NANOS;
            while (!real.getAutoCommit() && writer != null && writer != this) {
                if (scheduler.now() > until) {
                    throw new SQLException("lock timeout", "55P03");
                }
                scheduler.pause(LOCK_LOOK_NANOS);
                requireOpen();
            }
            writer = real.getAutoCommit() ? writer : this;
        }

        private void leaveTurn() {
            writer = writer == this ? null : writer;
        }

        private void commit() throws SQLException {
            work();
            boolean isLost = scheduler.random().nextDouble() < failing;
            real.commit();
            leaveTurn();
            trace.say(host + (isLost ? " committed, without an answer" : " committed"), "");
            scheduler.pause(scheduler.between(20_000, 300_000));
            if (isLost) {
                lose();
            }
            requireOpen();
        }

        private void work() throws SQLException {
            scheduler.pause(scheduler.between(20_000, 400_000));
            while (scheduler.now() < stalledUntil) {
                scheduler.pause(stalledUntil - scheduler.now());
            }
            requireOpen();
            if (scheduler.random().nextDouble() < failing) {
                if (scheduler.random().nextBoolean()) {
                    lose();
                }
                throw new SQLException("made to fail", lost ? "08006" : "40001");
            }
        }

        private void requireOpen() throws SQLException {
            if (lost) {
                throw new SQLException("the connection is lost", "08003");
            }
        }
    }

    private static Object reflect(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
