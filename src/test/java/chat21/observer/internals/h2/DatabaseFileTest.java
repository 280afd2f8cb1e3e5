package chat21.observer.internals.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;

class DatabaseFileTest {

    private static final String BAN = "insert into app_ban (app_id, user_id) values ('a', ?)";

    @TempDir
    private Path folder;
    private Database database;

    @BeforeEach
    void open() {
        database = open("chat");
    }

    private Database open(String name) {
        return Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve(name), "chat21", "", 4, 5_000, false));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFileIsNotWrittenInTheMidstOfATransaction() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread writer = start(() -> {
            database.inTransaction(connection -> {
                ban(connection, "alice");
                begun.countDown();
                awaitQuietly(goOn);
                ban(connection, "bob");
                done.add("transaction");
            });
        });
        begun.await();

        Thread flush = start(() -> {
            database.flush();
            done.add("flush");
        });
        await().until(() -> flush.getState() == Thread.State.WAITING || !flush.isAlive());
        goOn.countDown();
        writer.join();
        flush.join();

        assertThat(done).containsExactly("transaction", "flush");
    }

    @Test
    void whatWasFlushedIsInTheFile() throws Exception {
        database.inTransaction(connection -> ban(connection, "alice"));
        database.flush();

        Files.copy(folder.resolve("chat.mv.db"), folder.resolve("copy.mv.db"));
        try (Database copy = open("copy"); Connection connection = copy.connection();
                var rows = connection.createStatement().executeQuery("select user_id from app_ban")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("alice");
        }
    }

    @Test
    void aTransactionThatFailsHoldsNothingUp() throws Exception {
        assertThatThrownBy(() -> database.inTransaction(connection -> {
            throw new SQLException("on purpose");
        })).hasMessage("on purpose");

        Thread other = start(database::flush);
        other.join();
        database.inTransaction(connection -> ban(connection, "alice"));
    }

    private static void ban(Connection connection, String user) throws SQLException {
        try (var statement = connection.prepareStatement(BAN)) {
            statement.setString(1, user);
            statement.executeUpdate();
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
