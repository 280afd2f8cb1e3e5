package chat21.observer.internals.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void fill() throws SQLException {
        file = folder.resolve("chat.mv.db");
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            statement.execute("create table message (id int primary key, text varchar) as "
                    + "select x, repeat('x', 1000) || x from system_range(1, 2000)");
        }
    }

    @Test
    void aFileThatIsWhole() throws SQLException {
        open().close();
    }

    @Test
    void aFileOfAnotherKind() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, 12_288, (byte) 'x');
        Files.write(file, bytes);

        assertIsDamaged(this::open);
    }

    @Test
    void aFileWithAHole() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 4, bytes.length / 2, (byte) 0);
        Files.write(file, bytes);

        assertIsDamaged(() -> {
            try (Connection connection = open(); Statement statement = connection.createStatement()) {
                statement.execute("select sum(length(text)) from message");
            }
        });
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Damage.refuseEmpty(file);
        Damage.refuseEmpty(null);
        Files.write(file, new byte[0]);

        assertIsDamaged(() -> Damage.refuseEmpty(file));
    }

    @Test
    void whatIsWrongWithAStatementIsNoDamage() throws SQLException {
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select * from nowhere"))
                    .satisfies(thrown -> assertThat(Damage.isCauseOf(thrown)).isFalse());
        }
    }

    private static void assertIsDamaged(ThrowingCallable work) {
        assertThatThrownBy(work).satisfies(thrown -> assertThat(Damage.isCauseOf(new IllegalStateException(thrown))).isTrue());
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("chat"));
    }
}
