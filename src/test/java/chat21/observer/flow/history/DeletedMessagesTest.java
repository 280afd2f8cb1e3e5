package chat21.observer.flow.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.message.Deleted;
import chat21.observer.message.Delivery;
import chat21.observer.testing.InboxDatabase;
import chat21.observer.testing.TestDatabase;

/** What a back end had made ready before a deletion, and what waited meanwhile. */
class DeletedMessagesTest {

    private final TestDatabase rows = new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", "");
    private final InboxDatabase inboxes = new InboxDatabase(rows);

    @AfterEach
    void close() {
        inboxes.close();
    }

    @Test
    void aMessageFromBeforeItsGroupsMessagesWereDeletedIsNeitherStoredNorDelivered() throws Exception {
        delete(Deleted.group("a", "group-1"));

        Delivery delivered = inboxes.deliver("bob", "group-1", message("m1", 1_000));
        inboxes.persist("bob", "group-1", message("m1", 1_000));
        inboxes.persist("group-1", "group-1", message("m2", 999));

        assertThat(InboxDatabase.published(delivered)).isEmpty();
        assertThat(delivered.decision().refusal()).isNull();
        assertThat(rows.rows("select * from message")).isEmpty();
        assertThat(rows.rows("select * from timeline")).isEmpty();
        assertThat(rows.rows("select * from conversation")).isEmpty();
    }

    @Test
    void whatIsLaterOrInAnotherConversationIsStored() throws Exception {
        delete(Deleted.group("a", "group-1"));

        assertThat(InboxDatabase.published(inboxes.deliver("bob", "group-1", message("m1", 1_001)))).hasSize(1);
        inboxes.persist("bob", "group-2", message("m2", 1_000));

        assertThat(ids()).containsExactly("m1", "m2");
    }

    @Test
    void aMessageForADeletedUserIsStoredForOthersOnly() throws Exception {
        delete(Deleted.user("a", "bob"));

        inboxes.persist("bob", "alice", message("m1", 1_000));
        inboxes.persist("alice", "bob", message("m1", 1_000));

        assertThat(rows.column("select timeline_of from timeline")).containsExactly("alice");
    }

    @Test
    void whoCameBackIsShownWhatWasSaidInTheGroupBefore() throws Exception {
        delete(Deleted.user("a", "bob"));
        rows.change("insert into group_member (app_id, group_id, member_id, joined_on) values ('a', 'group-1', 'bob', 2000)");
        rows.change("insert into group_member (app_id, group_id, member_id, joined_on) values ('a', 'group-2', 'bob', 500)");

        inboxes.deliver("bob", "group-1", message("m1", 900));
        inboxes.deliver("bob", "group-2", message("m2", 900));

        assertThat(ids()).containsExactly("m1");
    }

    private void delete(String name) {
        rows.change("insert into deletion (what, deleted_on) values (?, 1000)", name);
    }

    private List<String> ids() {
        return rows.column("select message_id from message order by message_id");
    }

    private static String message(String id, long timestamp) {
        return "{\"message_id\":\"" + id + "\",\"sender\":\"alice\",\"recipient\":\"group-1\",\"text\":\"secret\","
                + "\"timestamp\":" + timestamp + "}";
    }
}
