package chat21.observer.internals.h2;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

import javax.sql.DataSource;

/**
 * The database for integrators' own routes, with connections of its own, so that they never wait for those of the flow nor
 * take them. Whatever changes an embedded file does it in the file's turns, as {@link DatabaseFile} asks; what only reads
 * waits for nobody.
 */
public final class SharedConnections extends DelegatingSource {

    private static final Pattern READS = Pattern.compile("(?is)\\s*(select|values|show|explain)\\b(?!.*\\b(for\\s+update|next)\\b).*");

    private final DataSource pool;
    private final DatabaseFile file;

    /** @param file that of an embedded H2, else null */
    public SharedConnections(DataSource pool, DatabaseFile file) {
        super(pool);
        this.pool = pool;
        this.file = file;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = pool.getConnection();
        return file == null ? connection : new InTurns(connection).proxied();
    }

    /** One connection: its turn begins with the first statement that changes something, and ends with the transaction. */
    private final class InTurns {

        private final Connection connection;
        private DatabaseFile.Turn turn;

        private InTurns(Connection connection) {
            this.connection = connection;
        }

        private Connection proxied() {
            return proxy(Connection.class, this::call);
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "prepareStatement", "prepareCall" -> beginIfItChanges((String) arguments[0]);
                case "createStatement" -> {
                    Statement statement = (Statement) invoke(connection, method, arguments);
                    return proxy(Statement.class, (of, given) -> {
                        if (given != null && given.length > 0 && given[0] instanceof String sql) {
                            beginIfItChanges(sql);
                        }
                        return invoke(statement, of, given);
                    });
                }
                case "commit", "rollback", "close", "setAutoCommit" -> {
                    try {
                        return invoke(connection, method, arguments);
                    } finally {
                        end();
                    }
                }
                default -> { }
            }
            return invoke(connection, method, arguments);
        }

        private void beginIfItChanges(String sql) throws SQLException {
            if (turn == null && !READS.matcher(sql).matches()) {
                turn = file.begin(connection);
            }
        }

        private void end() {
            if (turn != null) {
                turn.close();
                turn = null;
            }
        }
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(SharedConnections.class.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> call.of(method, arguments)));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
