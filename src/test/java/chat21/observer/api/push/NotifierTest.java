package chat21.observer.api.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;

class NotifierTest {

    private static final JsonNode EVENT = event("bob");

    @TempDir
    private Path folder;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Database database;
    private Instances instances;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 5, 5_000,
                false));
        instances = new Instances(database, 20);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"sender\":\"alice\"}|true",
        "{\"sender\":\"alice\",\"attributes\":{\"sendnotification\":true}}|true",
        "{\"sender\":\"bob\"}|false",
        "{\"sender\":\"system\"}|false",
        "{\"sender\":\"alice\",\"__history\":\"true\"}|false",
        "{\"sender\":\"alice\",\"attributes\":{\"sendnotification\":false}}|false",
        "{\"sender\":\"alice\",\"attributes\":{\"sendnotification\":false,\"forcenotification\":true}}|true",
        "{\"sender\":\"alice\",\"attributes\":null}|true",
    })
    void notEachMessageIsWorthAPush(String message, boolean worth) throws Exception {
        assertThat(Notifier.isWorthTelling(new ObjectMapper().readTree(message), "bob")).isEqualTo(worth);
    }

    @Test
    void whatPassesIsTriedAgainAfterAPauseThatGrowsUntilTheNoteIsBrought() throws Exception {
        instances.store(device("bob", "phone"));
        List<Long> at = new CopyOnWriteArrayList<>();
        try (Notifier notifier = notifier(10, (instance, note) -> {
            at.add(System.nanoTime());
            if (at.size() < 3) {
                throw failure(at.size() == 1 ? 503 : 429, 0);
            }
            return true;
        }, 20, 80, 100)) {
            notifier.tell("tilechat", EVENT, 1);
            await().untilAsserted(() -> assertThat(count("brought")).isEqualTo(1));
        }
        assertThat(at).hasSize(3);
        assertThat(at.get(1) - at.get(0)).isGreaterThanOrEqualTo(20_000_000);
        assertThat(at.get(2) - at.get(1)).isGreaterThanOrEqualTo(80_000_000);
        assertThat(count("retried")).isEqualTo(2);
        assertThat(count("failed")).isZero();
    }

    @Test
    void theServiceIsLeftAloneForAsLongAsItSays() throws Exception {
        instances.store(device("bob", "phone"));
        List<Long> at = new CopyOnWriteArrayList<>();
        try (Notifier notifier = notifier(10, (instance, note) -> {
            at.add(System.nanoTime());
            if (at.size() == 1) {
                throw failure(429, 1);
            }
            return true;
        }, 1)) {
            notifier.tell("tilechat", EVENT, 1);
            await().untilAsserted(() -> assertThat(count("brought")).isEqualTo(1));
        }
        assertThat(at.get(1) - at.get(0)).isGreaterThanOrEqualTo(1_000_000_000);
    }

    @Test
    void whatFailsEachTimeIsGivenUpAndWhatFailsForGoodIsNotTriedAgain() throws Exception {
        instances.store(device("bob", "ill"));
        instances.store(device("bob", "denied"));
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Notifier notifier = notifier(10, (instance, note) -> {
            asked.add(instance.id());
            throw failure(instance.id().equals("ill") ? 500 : 403, 0);
        }, 1, 1)) {
            notifier.tell("tilechat", EVENT, 1);
            await().untilAsserted(() -> assertThat(count("failed")).isEqualTo(2));
        }
        assertThat(asked).containsExactlyInAnyOrder("ill", "ill", "ill", "denied");
        assertThat(instances.of("tilechat", "bob")).as("neither is forgotten").hasSize(2);
    }

    @Test
    void whatWaitsHoldsNoOtherBackAndIsBounded() throws Exception {
        for (int i = 0; i < 9; i++) {
            instances.store(device("bob", "busy" + i));
        }
        instances.store(device("carol", "phone"));
        try (Notifier notifier = notifier(6, (instance, note) -> {
            if (instance.id().startsWith("busy")) {
                throw failure(503, 0);
            }
            return true;
        }, 3_600_000)) {
            notifier.tell("tilechat", event("bob"), 1);
            await().untilAsserted(() -> assertThat(count("left-out")).isEqualTo(3));
            assertThat(count("retried")).isEqualTo(6);

            notifier.tell("tilechat", event("carol"), 1);
            assertThat(count("left-out")).as("no room is left").isEqualTo(4);
        }
        try (Notifier notifier = notifier(10, (instance, note) -> {
            if (instance.id().startsWith("busy")) {
                throw failure(503, 0);
            }
            return true;
        }, 3_600_000)) {
            notifier.tell("tilechat", event("bob"), 1);
            await().untilAsserted(() -> assertThat(count("retried")).isEqualTo(15));
            notifier.tell("tilechat", event("carol"), 1);
            await().untilAsserted(() -> assertThat(count("brought")).isEqualTo(1));
        }
    }

    @Test
    void aDeviceThatBecameSomebodyElsesIsNotToldAgain() throws Exception {
        instances.store(device("bob", "phone"));
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Notifier notifier = notifier(10, (instance, note) -> {
            asked.add(instance.user() + " " + instance.id());
            if (instance.id().equals("phone")) {
                moveTo("carol");
                throw failure(503, 0);
            }
            return true;
        }, 1)) {
            notifier.tell("tilechat", EVENT, 1);
            await().untilAsserted(() -> assertThat(count("gone")).isEqualTo(1));
        }
        assertThat(asked).containsExactly("bob phone");
    }

    @Test
    void aDeviceThatIsGoneIsAskedOnceAndForgotten() throws Exception {
        instances.store(device("bob", "phone"));
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Notifier notifier = notifier(10, (instance, note) -> !asked.add(instance.id()))) {
            notifier.tell("tilechat", EVENT, 1);
            await().until(() -> instances.of("tilechat", "bob").isEmpty());
            notifier.tell("tilechat", EVENT, 2);
        }
        assertThat(asked).containsExactly("phone");
    }

    @Test
    void whomANoteIsForMayBeANumberAndWhatMeansNothingNamesNobody() throws Exception {
        instances.store(device("5", "phone"));
        try (Notifier notifier = notifier(10, (instance, note) -> true)) {
            notifier.tell("tilechat", ((ObjectNode) event("x")).put("recipient_id", 5).put("delivered_to", ""), 1);
            await().untilAsserted(() -> assertThat(count("brought")).isEqualTo(1));
        }
    }

    private Notifier notifier(int mostWaiting, PushService service, long... pausesMs) {
        return new Notifier(instances, service, meters, mostWaiting, pausesMs);
    }

    private void moveTo(String user) {
        try {
            instances.store(device(user, "phone"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PushFailure failure(int status, int retryAfterS) {
        return PushFailure.answered("no", status, 1_000L * retryAfterS);
    }

    private double count(String outcome) {
        return meters.get("chat21_pushes").tag("outcome", outcome).counter().count();
    }

    private static Instance device(String user, String id) {
        return new Instance("tilechat", user, id, null, null, null, null);
    }

    private static JsonNode event(String user) {
        return new ObjectMapper().createObjectNode().put("recipient_id", user)
                .set("data", new ObjectMapper().createObjectNode().put("sender", "alice").put("text", "hello"));
    }
}
