package chat21.observer.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementTest {

    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21",
            "", 2, 5_000, false));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSameStatementSeesWhatItsOwnTransactionHasChanged() throws SQLException {
        Statement insert = new Statement("messages", "insert-message-once");
        Statement find = new Statement("messages", "find-message");

        database.inTransaction(connection -> {
            assertThat(payload(find, connection)).isNull();
            assertThat(insert(insert, connection)).isEqualTo(1);
            assertThat(payload(find, connection)).isEqualTo("{}");
            assertThat(insert(insert, connection)).isZero();
        });
    }

    private static int insert(Statement statement, Connection connection) throws SQLException {
        return statement.update(connection, 1L, "tilechat", "m1", "alice", "bob", null, null, 1L, "{}", "tilechat",
                "m1");
    }

    private static String payload(Statement statement, Connection connection) throws SQLException {
        return statement.first(connection, row -> row.getString(1), "tilechat", "m1");
    }
}
