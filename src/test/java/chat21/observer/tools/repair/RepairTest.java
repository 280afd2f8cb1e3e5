package chat21.observer.tools.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import chat21.observer.DatabaseWiring;
import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.settings.Settings;
import chat21.observer.settings.SettingsFile;
import chat21.observer.settings.StartFailure;

/** A damaged file of H2 is found at the start, left as it is, and repaired as far as that goes. */
class RepairTest {

    private static final Path SETTINGS = Path.of("application.properties");
    private static final int BLOCK = 4_096;
    private static final int USERS = 2_000;

    @TempDir
    private Path folder;
    private Path file;
    private Map<String, String> overrides;

    @BeforeEach
    void fill() throws Exception {
        file = folder.resolve("chat.mv.db");
        // H2 keeps its file open in this JVM otherwise.
        overrides = Map.of("chat21.database.url", "jdbc:h2:file:" + folder.resolve("chat") + ";DB_CLOSE_DELAY=0");
        try (Database database = wiring().open()) {
            database.inTransaction(connection -> {
                try (PreparedStatement ban = connection
                        .prepareStatement("insert into app_ban (app_id, user_id) values ('a', ?)")) {
                    for (int i = 0; i < USERS; i++) {
                        ban.setString(1, "user" + i);
                        ban.executeUpdate();
                    }
                }
            });
            database.flush();
        }
    }

    @Test
    void anEmptyFileIsNotTakenForANewDatabase() throws Exception {
        Files.write(file, new byte[0]);

        assertIsFoundAndLeft();
    }

    @Test
    void aFileWithoutItsHeadersIsFoundAndLeftAsItIs() throws Exception {
        overwrite(0, 2 * BLOCK);

        assertIsFoundAndLeft();
        assertThat(run()).isEqualTo(1);
        assertIsFoundAndLeft();
    }

    @Test
    void aFileThatEndsInItsHeadersIsFoundAndLeftAsItIs() throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(100);
        }

        assertIsFoundAndLeft();
    }

    @Test
    void aFileThatLostOneOfItsHeadersIsWhole() throws Exception {
        overwrite(0, BLOCK);

        assertThat(users()).isEqualTo(USERS);
    }

    @Test
    void whatCanBeReadIsThereAfterARepairAndTheDamagedFileIsKept() throws Exception {
        byte[] before = Files.readAllBytes(file);

        assertThat(run()).isZero();

        assertThat(users()).isEqualTo(USERS);
        assertThat(damaged()).hasSize(1)
                .allSatisfy(each -> assertThat(each.resolve("chat.mv.db")).hasBinaryContent(before));
    }

    @Test
    void aRepairWhileItIsInUseChangesNothing() throws Exception {
        try (Database database = wiring().open()) {
            assertThat(run()).isEqualTo(1);
            assertThat(damaged()).isEmpty();
        }
        assertThat(users()).isEqualTo(USERS);
    }

    private void assertIsFoundAndLeft() throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> wiring().open()).isInstanceOf(StartFailure.class)
                .hasMessageContaining("is damaged").hasMessageContaining("bin/repair");
        assertThat(file).hasBinaryContent(before);
    }

    private int run() {
        return new CommandLine(new RepairCommand(SETTINGS, overrides)).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter())).execute();
    }

    private long users() throws Exception {
        DatabaseWiring wiring = wiring();
        try (Database database = wiring.open(); DurableTransactions transactions = wiring.transactions(database)) {
            try (Connection connection = database.connection(); var rows = connection.createStatement()
                    .executeQuery("select count(*) from app_ban")) {
                rows.next();
                return rows.getLong(1);
            } finally {
                transactions.close();
                }
        }
    }

    private void overwrite(long from, int bytes) throws IOException {
        byte[] junk = new byte[bytes];
        new Random(1).nextBytes(junk);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(junk), from);
        }
    }

    private List<Path> damaged() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().startsWith("damaged-")).toList();
        }
    }

    private DatabaseWiring wiring() {
        Settings settings = SettingsFile.read(SETTINGS, overrides);
        return new DatabaseWiring(settings);
    }
}
