package chat21.observer.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;

class ClientIdsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAYS = 30;

    @TempDir
    private Path folder;

    private final Set<String> connected = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private Instant now = START;
    private int asked;
    private Database database;
    private ClientIds ids;

    @BeforeEach
    void open() {
        database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 2, 5_000, false));
        GateSettings settings = new GateSettings("127.0.0.1", 0, "/", "amq.topic", true, DAYS, 3, 10);
        ids = new ClientIds(database, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        }, settings, new Sessions(null) {
            @Override
            boolean end(String clientId) {
                asked++;
                if (connected.contains(clientId)) {
                    return false;
                }
                ended.add(clientId);
                return true;
            }
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theClientThatWasNotSeenForLongestGoesWithItsSession() throws Exception {
        for (int i = 1; i <= 5; i++) {
            assertThat(come("client-" + i, "bob")).isTrue();
        }

        assertThat(ended).containsExactlyInAnyOrder("client-1", "client-2");
        assertThat(ids.ownerOf("client-2")).isNull();
        assertThat(ids.ownerOf("client-3")).isNotNull();
    }

    @Test
    void whoIsConnectedStaysHoweverLongAgoItCame() throws Exception {
        connected.add("phone");
        assertThat(come("phone", "bob")).isTrue();
        for (int i = 1; i <= 20; i++) {
            assertThat(come("page-" + i, "bob")).isTrue();
        }

        assertThat(ids.ownerOf("phone")).isNotNull();
        assertThat(ended).hasSize(18).doesNotContain("phone");
    }

    @Test
    void noMoreComeInThanAllowedWhileAllAreConnectedAndTheBrokerIsNotAskedEachTime() throws Exception {
        connected.addAll(Set.of("client-1", "client-2", "client-3"));
        for (int i = 1; i <= 3; i++) {
            assertThat(come("client-" + i, "bob")).isTrue();
        }
        for (int i = 4; i <= 100; i++) {
            assertThat(come("client-" + i, "bob")).isFalse();
        }

        assertThat(asked).isEqualTo(3);
        assertThat(come("client-2", "bob")).as("one that is known").isTrue();
        assertThat(come("client-4", "eve")).as("somebody else").isTrue();
    }

    @Test
    void aBackEndMayHaveMore() throws Exception {
        for (int i = 1; i <= 10; i++) {
            connected.add("client-" + i);
            assertThat(ids.claim("client-" + i, new ClientOwner("tilechat", "back-end", true, 0))).isTrue();
        }
    }

    @Test
    void anIdOfSomebodyWhoIsConnectedIsNobodyElsesHoweverLongAgoThatOneCame() throws Exception {
        connected.add("phone");
        assertThat(come("phone", "bob")).isTrue();
        now = now.plus(Duration.ofDays(DAYS + 1));

        assertThat(come("phone", "mallory")).isFalse();
        connected.clear();
        now = now.plus(Duration.ofDays(DAYS + 1));
        assertThat(come("phone", "mallory")).isTrue();
        assertThat(ended).as("nobody comes into what was bob's").containsExactly("phone");
    }

    private boolean come(String clientId, String user) throws Exception {
        now = now.plusSeconds(1);
        return ids.claim(clientId, new ClientOwner("tilechat", user, false, 0));
    }
}
