package chat21.observer.database.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;

class JournaledTransactionsTest {

    // Beyond the length of any test: the database is written only where a test says so.
    private static final long NEVER_MS = 3_600_000;
    private static final String BAN = "insert into app_ban (app_id, user_id) values (?, ?)";

    @TempDir
    private Path folder;
    private Database database;
    private JournaledTransactions transactions;

    @BeforeEach
    void open() throws Exception {
        open(folder.resolve("first"), NEVER_MS);
    }

    private void open(Path in, long intervalMs) throws Exception {
        Files.createDirectories(in);
        // H2 itself must not write in between either.
        database = Database.open(new DatabaseSettings("jdbc:h2:file:" + in.resolve("chat") + ";WRITE_DELAY=600000",
                "chat21", "", 2, 5_000, false));
        transactions = new JournaledTransactions(database, database.file(), false, intervalMs);
    }

    @AfterEach
    void close() {
        transactions.close();
        database.close();
    }

    @Test
    void whatWasCommittedIsThereAfterACrash() throws Exception {
        ban("alice");
        ban("bob");

        crash();

        assertThat(banned()).containsExactly("alice", "bob");
    }

    @Test
    void aCrashAfterACrashChangesNothingTwice() throws Exception {
        ban("alice");
        transactions.run(connection -> update(connection, "update app_ban set user_id = user_id || '!'"));

        crash();
        crash();

        assertThat(banned()).containsExactly("alice!");
    }

    @Test
    void theJournalGoesOnAfterACrash() throws Exception {
        ban("alice");
        crash();
        ban("bob");

        crash();

        assertThat(banned()).containsExactly("alice", "bob");
    }

    @Test
    void whatFailsIsNeitherInTheDatabaseNorInTheJournal() throws Exception {
        ban("alice");
        assertThatThrownBy(() -> transactions.run(connection -> {
            update(connection, BAN, "a", "bob");
            throw new SQLException("on purpose");
        })).hasMessage("on purpose");
        ban("carol");

        crash();

        assertThat(banned()).containsExactly("alice", "carol");
    }

    @Test
    void whatAnErrorEndsIsNeitherInTheDatabaseNorInTheJournal() throws Exception {
        ban("alice");
        assertThatThrownBy(() -> transactions.run(connection -> {
            update(connection, BAN, "a", "bob");
            throw new OutOfMemoryError("on purpose");
        })).hasMessage("on purpose");
        assertThat(banned()).containsExactly("alice");
        ban("carol");

        crash();

        assertThat(banned()).containsExactly("alice", "carol");
    }

    @Test
    void anIncompleteTransactionAtTheEndCountsForNothing() throws Exception {
        ban("alice");
        ban("bob");
        Path journal = journals(folder.resolve("first")).get(0);
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }

        crash();

        assertThat(banned()).containsExactly("alice");
    }

    @Test
    void aDatabaseThatClosedWithoutWritingCatchesUpBeforeAnythingElse() throws Exception {
        ban("alice");
        closeWithoutWriting();

        await().ignoreExceptions().until(() -> {
            ban("bob");
            return true;
        });

        assertThat(banned()).containsExactly("alice", "bob");
    }

    @Test
    void aChangeThatCollidesWithWhatTheDatabaseHoldsIsLeftOutAndTheRestIsThere() throws Exception {
        ban("alice");
        database.flush();
        // Whoever changes something beside the flow may crash before it is written: then what the flow did after it is
        // repeated on top of what was there before it.
        database.inTransaction(connection -> update(connection, "delete from app_ban where user_id = ?", "alice"));
        transactions.run(connection -> {
            update(connection, BAN, "a", "alice");
            update(connection, BAN, "a", "bob");
        });
        ban("carol");

        crash();
        assertThat(banned()).containsExactly("alice", "bob", "carol");

        ban("dave");
        crash();
        assertThat(banned()).containsExactly("alice", "bob", "carol", "dave");
    }

    @Test
    void aJournalOfAnotherTimeIsRefused() throws Exception {
        ban("alice");
        try (JournaledTransactions after = transactions) {
            after.run(connection -> update(connection, BAN, "a", "bob"));
        }
        for (Path journal : journals(folder.resolve("first"))) {
            Files.delete(journal);
        }
        transactions = new JournaledTransactions(database, database.file(), false, NEVER_MS);
        ban("carol");
        try (Connection connection = database.connection(); var statement = connection.createStatement()) {
            statement.execute("update journal_position set position = 0");
        }

        assertThatThrownBy(() -> new JournaledTransactions(database, database.file(), false, NEVER_MS))
                .hasMessageContaining("not of the same time");
        try (Connection connection = database.connection(); var statement = connection.createStatement()) {
            statement.execute("update journal_position set position = 3");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 4_096, 20_000})
    void aFileThatIsCutOffGetsWhatItLacksFromItsJournalThoughThatWasWrittenBefore(long bytes) throws Exception {
        for (int i = 0; i < 5; i++) {
            ban("alice" + i);
            // Written at its end, each time.
            transactions.close();
            transactions = new JournaledTransactions(database, database.file(), false, NEVER_MS);
        }

        crash(bytes);

        assertThat(banned()).containsExactly("alice0", "alice1", "alice2", "alice3", "alice4");
    }

    @Test
    void ofAJournalThatIsNotNeededTheNewestFilesStayForAWhile() throws Exception {
        Path of = folder.resolve("many");
        try (Journal journal = new Journal(of, false)) {
            for (int i = 1; i <= 2 * Journal.KEPT_FILES; i++) {
                journal.append(i, new byte[] {1});
                journal.forget(journal.roll());
            }

            assertThat(journals(folder)).hasSize(Journal.KEPT_FILES)
                    .contains(Path.of(of + ".journal." + 2 * Journal.KEPT_FILES));
            assertThat(journal.roll()).isEmpty();

            for (Path file : journals(folder)) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
            journal.forget(List.of());
            assertThat(journals(folder)).isEmpty();
        }
    }

    @Test
    void everyTypeOfValueComesBackFromTheJournal() throws Exception {
        transactions.run(connection -> {
            update(connection, "insert into stored_batch (queue, stored_at, batch_id, entries) values (?, ?, ?, ?)", "q",
                    1L, "b", new byte[] {1, 2});
            update(connection, "insert into presence (app_id, user_id, online, last_seen) values (?, ?, ?, ?)", "ä☃", "u",
                    true, 2);
            update(connection, "insert into chat_group (app_id, group_id, name, created_on, updated_on) "
                    + "values (?, ?, ?, ?, ?)", "a", "g", null, (short) 3, 4L);
            try (PreparedStatement many = connection.prepareStatement(
                    "insert into app_ban select * from unnest(?, ?)")) {
                many.setArray(1, connection.createArrayOf("varchar", new Object[] {"a", "b"}));
                many.setArray(2, connection.createArrayOf("varchar", new Object[] {"x", "y"}));
                many.executeUpdate();
            }
        });

        crash();

        assertThat(rows("select queue || stored_at || batch_id || rawtohex(entries) from stored_batch"))
                .containsExactly("q1b0102");
        assertThat(rows("select app_id || user_id || online || last_seen from presence")).containsExactly("ä☃uTRUE2");
        assertThat(rows("select group_id || coalesce(name, '-') || created_on || updated_on from chat_group"))
                .containsExactly("g-34");
        assertThat(banned()).containsExactly("x", "y");
    }

    @Test
    void whatWouldBeMissingInTheJournalIsNotPossible() {
        assertThatThrownBy(() -> transactions.run(connection -> connection.createStatement().execute("delete from block")))
                .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("createStatement");
    }

    // The files as they are now are what a killed process leaves.
    private void crash() throws Exception {
        crash(0);
    }

    private void crash(long bytesCutOff) throws Exception {
        Path next = folder.resolve("crash-" + System.nanoTime());
        Files.createDirectories(next);
        for (Path file : files(database.file().getParent())) {
            Files.copy(file, next.resolve(file.getFileName()));
        }
        try (FileChannel channel = FileChannel.open(next.resolve("chat.mv.db"), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytesCutOff);
        }
        close();
        open(next, NEVER_MS);
    }

    private void closeWithoutWriting() {
        assertThatThrownBy(() -> {
            try (Connection connection = database.connection(); var statement = connection.createStatement()) {
                statement.execute("shutdown immediately");
            }
        }).isInstanceOf(SQLException.class);
    }

    private void ban(String user) throws SQLException {
        transactions.run(connection -> update(connection, BAN, "a", user));
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private List<String> banned() throws SQLException {
        return rows("select user_id from app_ban order by user_id");
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.connection(); var rows = connection.createStatement().executeQuery(sql)) {
            Stream.Builder<String> all = Stream.builder();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all.build().toList();
        }
    }

    private static List<Path> journals(Path folder) throws IOException {
        return files(folder).stream().filter(f -> f.getFileName().toString().contains(".journal.")).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
