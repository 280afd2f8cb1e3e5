package chat21.observer.internals.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReopeningSourceTest {

    @TempDir
    private Path folder;

    private ReopeningSource source;

    @AfterEach
    void close() throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    @Test
    void aDatabaseThatHasClosedItselfIsOpenedAnew() throws SQLException {
        source = source();
        closeItself(source.getConnection());

        assertThat(isUsable(source.getConnection())).isTrue();
    }

    @Test
    void aStatementThatOutlivesItsDatabaseDoesNotLockTheNextOneOut() throws SQLException {
        source = source();
        Connection first = source.getConnection();
        Database closed = database(first);
        closeItself(first);
        Connection second = source.getConnection();
        assertThat(isUsable(second)).isTrue();

        // What H2 does where a statement fails in its store: it forgets whatever is open under that name.
        closed.shutdownImmediately();
        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class).hasMessageContaining("already in use");

        assertThat(isUsable(source.getConnection())).isTrue();
        assertThat(second.isValid(1)).isFalse();
    }

    private ReopeningSource source() {
        return new ReopeningSource("jdbc:h2:file:" + folder.resolve("chat") + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1", "chat21", "");
    }

    private void closeItself(Connection connection) throws SQLException {
        database(connection).setPowerOffCount(1);
        assertThatThrownBy(() -> isUsable(connection)).isInstanceOfSatisfying(SQLException.class,
                error -> source.errors().adjudicate(error));
    }

    private static Database database(Connection connection) throws SQLException {
        return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).getDatabase();
    }

    private static boolean isUsable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("select 1");
        }
    }
}
