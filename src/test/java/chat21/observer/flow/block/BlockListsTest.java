package chat21.observer.flow.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.database.Statement;
import chat21.observer.protocol.Refusal;

class BlockListsTest {

    @TempDir
    private Path folder;

    @Test
    void aUserBlocksNoMoreThanAllowed() throws Exception {
        try (Database database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 2,
                5_000, false))) {
            BlockLists lists = new BlockLists(database, 2);
            lists.block("a", "alice", "bob");
            lists.block("a", "alice", "carol");
            lists.block("a", "alice", "carol");

            assertThatThrownBy(() -> lists.block("a", "alice", "dave")).isInstanceOf(Refusal.class)
                    .hasMessageContaining("2 others");
            lists.block("a", "bob", "dave");
            assertThat(blocked(database)).containsExactly("bob", "carol");
            lists.unblock("a", "alice", "bob");
            lists.block("a", "alice", "dave");
            assertThat(blocked(database)).containsExactly("carol", "dave");
        }
    }

    private static List<String> blocked(Database database) throws SQLException {
        try (Connection connection = database.connection()) {
            return new Statement("blocks", "list-blocks").all(connection, row -> row.getString(1), "a", "alice");
        }
    }
}
