package chat21.observer.flow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

class ImportIT {

    private final String bob = "bob-" + UUID.randomUUID();

    @Test
    void aTimelineOfChat21ServerIsStoredAsItWasAndNothingInItIsNew() {
        try (TestObserver observer = ObserverSettings.at(TestBroker.shared()).startHere()) {
            String key = "apps.observer.tilechat.users." + bob + ".messages.alice.persist";
            observer.amqp().publish(key, document("m2", 1_600_000_002_000L, 200));
            observer.amqp().publish(key, document("m1", 1_600_000_001_000L, 200));
            observer.amqp().publish(key, document("m1", 1_600_000_001_000L, 200));

            await().untilAsserted(() -> assertThat(rows(observer, "timeline", "message_id, status")).containsExactly(
                    Map.of("message_id", "m1", "status", 200), Map.of("message_id", "m2", "status", 200)));
            assertThat(rows(observer, "conversation", "last_message_id, is_new, unread")).containsExactly(
                    Map.of("last_message_id", "m2", "is_new", false, "unread", 0));
            assertThat(observer.deadLetters()).isZero();
        }
    }

    // As a document of its collection messages looks, with __history added.
    private String document(String id, long timestamp, int status) {
        return "{\"_id\":\"5f5e1000\",\"timelineOf\":\"" + bob + "\",\"conversWith\":\"alice\",\"message_id\":\"" + id
                + "\",\"sender\":\"alice\",\"recipient\":\"" + bob + "\",\"sender_fullname\":\"Alice\",\"text\":\"" + id
                + "\",\"type\":\"text\",\"channel_type\":\"direct\",\"app_id\":\"tilechat\",\"status\":" + status
                + ",\"timestamp\":" + timestamp + ",\"attributes\":{\"projectId\":\"p1\"},\"__history\":\"true\"}";
    }

    private List<Map<String, Object>> rows(TestObserver observer, String table, String columns) {
        return observer.database().rows("select " + columns + " from " + table
                + " where app_id = 'tilechat' and timeline_of = ? and convers_with = 'alice' order by timestamp", bob);
    }
}
