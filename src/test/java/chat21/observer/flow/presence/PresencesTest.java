package chat21.observer.flow.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.database.Statement;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;
import chat21.observer.testing.StoringNode;

class PresencesTest {

    @TempDir
    private Path folder;
    private final Deliveries deliveries = new Deliveries();
    private Database database;
    private StoringNode node;

    @BeforeEach
    void open() {
        database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 2, 5_000, false));
        node = new StoringNode(database, Clock.systemUTC()).bind("presences", new Presences(Messages.PAYLOADS, 2));
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void aUserHasNoMoreClientsConnectedThanAllowed() throws Exception {
        apply("one", "connected");
        apply("two", "connected");
        apply("two", "connected");

        assertThatThrownBy(() -> apply("three", "connected")).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.QUOTA)).hasMessageContaining("2 clients");
        assertThat(clients()).isEqualTo(2);
        apply("one", "disconnected");
        apply("three", "connected");
        assertThat(clients()).isEqualTo(2);
    }

    // As the flow does it: what is refused then leaves the others' rows as they are, in the same transaction.
    private void apply(String client, String what) throws SQLException {
        Delivery delivery = node.update("record-presence",
                deliveries.on("apps.a.users.alice.presence." + client, "{\"" + what + "\":true}"));
        if (delivery.decision().refusal() != null) {
            throw delivery.decision().refusal();
        }
    }

    private int clients() throws SQLException {
        try (var connection = database.connection()) {
            return new Statement("presence", "count-clients").first(connection, row -> row.getInt(1), "a", "alice");
        }
    }
}
