package chat21.observer.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    @TempDir
    private Path folder;
    private Database database;

    @BeforeEach
    void open() {
        // The pool gives a thread the connection that it had before.
        database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 2, 5_000,
                false));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anErrorBetweenStatementsCommitsNothing() throws SQLException {
        OutOfMemoryError error = new OutOfMemoryError("on purpose");

        assertThatThrownBy(() -> database.inTransaction(connection -> {
            ban(connection, "alice");
            throw error;
        })).isSameAs(error);

        assertThat(banned()).isZero();
        database.inTransaction(connection -> ban(connection, "bob"));
        assertThat(banned()).isEqualTo(1);
    }

    @Test
    void aRollbackThatFailsCommitsNothing() throws SQLException {
        assertThatThrownBy(() -> database.inTransaction(connection -> {
            ban(connection, "alice");
            // Ends what is under way with the session that it was begun in.
            connection.abort(Runnable::run);
            throw new StackOverflowError("on purpose");
        })).hasMessage("on purpose");

        assertThat(banned()).isZero();
    }

    @Test
    void afterATransactionEachStatementIsCommittedByItself() throws SQLException {
        database.inTransaction(connection -> ban(connection, "alice"));
        try (Connection connection = database.connection()) {
            assertThat(connection.getAutoCommit()).isTrue();
            ban(connection, "bob");
        }

        assertThat(banned()).isEqualTo(2);
    }

    private static void ban(Connection connection, String user) throws SQLException {
        try (var statement = connection.prepareStatement("insert into app_ban (app_id, user_id) values ('a', ?)")) {
            statement.setString(1, user);
            statement.executeUpdate();
        }
    }

    private int banned() throws SQLException {
        try (Connection connection = database.connection();
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from app_ban")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
