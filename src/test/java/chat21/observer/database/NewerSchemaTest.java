package chat21.observer.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewerSchemaTest {

    private static final String INSERT = "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\","
            + " \"description\", \"type\", \"script\", \"installed_by\", \"execution_time\", \"success\")"
            + " values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 'chat21', 1, true)";

    @Test
    void aSchemaThatANewerVersionMadeIsRefusedWithOneSentence(@TempDir Path folder) throws SQLException {
        DatabaseSettings settings =
                new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 2, 5_000, false);
        try (Database database = Database.open(settings)) {
            database.inTransaction(connection -> {
                try (java.sql.Statement statement = connection.createStatement()) {
                    statement.execute(INSERT);
                }
            });
            database.flush();
        }

        assertThatThrownBy(() -> Database.open(settings)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its schema has version 1000, which a newer chat21-camel made, and this one knows");
    }
}
