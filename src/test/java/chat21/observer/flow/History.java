package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;

import chat21.observer.testing.TestDatabase;

/** The texts that stand in an inbox, oldest first, and what tests of crashes want to know about them. */
record History(List<String> texts) {

    /** Reads the inbox of a user of an app. */
    static History of(TestDatabase database, String app, String owner) {
        return new History(database.column("select m.payload from timeline t join message m"
                + " on m.app_id = t.app_id and m.message_id = t.message_id where t.app_id = ? and t.timeline_of = ?"
                + " order by t.timestamp, t.message_id", app, owner).stream().map(LiveCopies::textOf).toList());
    }

    /** Waits until all of these stand in the inbox of a user, and reads it. */
    static History await(TestDatabase database, String app, String owner, Set<String> sent) {
        Awaitility.await("all in the history of " + owner).pollInterval(Duration.ofMillis(500))
                .until(() -> of(database, app, owner).without(sent).isEmpty());
        return of(database, app, owner);
    }

    /** Fails unless each of these stands here, and nothing stands here twice. */
    void assertHasEachOnce(Set<String> sent) {
        assertThat(without(sent)).as("lost").isEmpty();
        assertThat(doubled()).as("doubled").isEmpty();
    }

    private List<String> without(Set<String> sent) {
        Set<String> missing = new HashSet<>(sent);
        texts.forEach(missing::remove);
        return List.copyOf(missing);
    }

    private List<String> doubled() {
        Set<String> seen = new HashSet<>();
        List<String> again = new ArrayList<>(texts);
        again.removeIf(seen::add);
        return again;
    }
}
