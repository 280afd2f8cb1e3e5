package chat21.observer.api.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.protocol.Refusal;

class InstancesTest {

    @TempDir
    private Path folder;

    @Test
    void aUserIsReachedOnNoMoreDevicesThanAllowed() throws Exception {
        try (Database database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 2,
                5_000, false))) {
            Instances instances = new Instances(database, 2);
            instances.store(device("alice", "1"));
            instances.store(device("alice", "2"));
            instances.store(device("alice", "2"));
            instances.store(device("bob", "3"));

            assertThatThrownBy(() -> instances.store(device("alice", "3"))).isInstanceOf(Refusal.class)
                    .hasMessageContaining("2 devices");
            assertThat(instances.of("a", "alice")).hasSize(2);
            assertThat(instances.of("a", "bob")).as("still has it").hasSize(1);
        }
    }

    private static Instance device(String user, String id) {
        return new Instance("a", user, id, null, null, null, null);
    }
}
