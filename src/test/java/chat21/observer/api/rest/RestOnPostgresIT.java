package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import chat21.observer.database.Statement;
import chat21.observer.testing.TestDatabase;

/** Each statement of the REST api once on PostgreSQL; what they mean is shown on H2. */
class RestOnPostgresIT {

    @RegisterExtension
    private static TestApi api = TestApi.ofClassOnPostgres();
    private static TestDatabase database;

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final String group = "group-" + UUID.randomUUID();

    @BeforeAll
    static void find() {
        database = api.tables();
    }

    @Test
    void messagesAreSentAndReadPageByPage() {
        JsonNode first = send("one");
        assertThat(send("one")).isEqualTo(first);
        send("two");
        send("three");

        String path = "/api/tilechat/" + alice + "/conversations/" + bob + "/messages?limit=2";
        JsonNode page = ok(api.get(path, TestApi.user(alice)));
        assertThat(page.path("result").findValuesAsText("text")).containsExactly("three", "two");
        JsonNode rest = ok(api.get(path + "&before=" + page.path("next").asText(), TestApi.user(alice)));
        assertThat(rest.path("result").findValuesAsText("text")).containsExactly("one");
        JsonNode newer = ok(api.get(path + "&after=" + first.path("timestamp").asText() + ","
                + first.path("message_id").asText(), TestApi.user(alice)));
        assertThat(newer.path("result").findValuesAsText("text")).containsExactly("three", "two");

        JsonNode list = ok(api.get("/api/tilechat/" + bob + "/conversations", TestApi.user(bob)));
        assertThat(list.path("unread").asInt()).isEqualTo(3);
        assertThat(list.path("result").findValuesAsText("last_message_text")).containsExactly("three");
        assertThat(ok(api.get("/api/tilechat/" + bob + "/conversations?after=1", TestApi.user(bob))).path("result"))
                .hasSize(1);
        assertThat(ok(api.get("/api/tilechat/" + bob + "/conversations/" + alice, TestApi.user(bob))).path("result"))
                .hasSize(1);
    }

    @Test
    void groupsAreKept() {
        String path = "/api/tilechat/groups/" + group;
        String create = "{\"group_name\":\"G\",\"group_id\":\"" + group + "\",\"group_members\":{\"" + bob + "\":1}}";
        assertThat(api.post("/api/tilechat/groups", TestApi.user(alice), create).status()).isEqualTo(201);
        assertThat(api.post("/api/tilechat/groups", TestApi.user(alice), create).status()).isEqualTo(409);
        ok(api.post(path + "/members", TestApi.user(alice), "{\"member_id\":\"carol\"}"));
        ok(api.delete(path + "/members/" + bob, TestApi.user(bob)));
        ok(api.put(path + "/members", TestApi.user(alice), "{\"members\":{\"" + alice + "\":1,\"dave\":1}}"));
        ok(api.put(path, TestApi.user(alice), "{\"group_name\":\"H\"}"));
        ok(api.put(path + "/attributes", TestApi.user(alice), "{\"attributes\":{\"a\":1}}"));

        JsonNode read = ok(api.get(path, TestApi.user("dave"))).path("result");
        assertThat(read.path("name").asText()).isEqualTo("H");
        assertThat(read.path("attributes").path("a").asInt()).isEqualTo(1);
        assertThat(read.path("members")).hasSize(2);
    }

    @Test
    void listsAreKeptAndAllIsExportedAndDeleted() {
        ok(api.put("/api/tilechat/" + alice + "/blocks/mallory", TestApi.user(alice), ""));
        ok(api.put("/api/tilechat/" + alice + "/blocks/mallory", TestApi.user(alice), ""));
        assertThat(ok(api.get("/api/tilechat/" + alice + "/blocks", TestApi.user(alice))).path("result")).hasSize(1);
        ok(api.put("/api/tilechat/bans/mallory", TestApi.admin(), ""));
        ok(api.put("/api/tilechat/bans/mallory", TestApi.admin(), ""));
        assertThat(ok(api.get("/api/tilechat/bans", TestApi.admin())).path("result")).hasSize(1);
        ok(api.delete("/api/tilechat/bans/mallory", TestApi.admin()));
        ok(api.post("/api/tilechat/" + alice + "/instances/device", TestApi.user(alice), "{}"));
        send("hello");

        String data = "/api/tilechat/" + alice + "/data";
        await().until(() -> api.get(data, TestApi.admin()).text().contains("\"kind\":\"conversation\""));
        assertThat(api.get(data, TestApi.admin()).text()).contains("mallory", "device", "hello");
        ok(api.delete(data, TestApi.admin()));
        assertThat(api.get(data, TestApi.admin()).text()).isEmpty();
        ok(api.delete("/api/tilechat/" + alice + "/blocks/mallory", TestApi.user(alice)));
        ok(api.delete("/api/tilechat/" + group + "/messages/timelines", TestApi.admin()));
        ok(api.delete("/api/tilechat/" + group + "/conversations/timelines", TestApi.admin()));
    }

    @Test
    void aMessageThatComesDuringADeletionStaysWhole() throws Exception {
        createGroup();
        JsonNode before = send(group, "before");
        CompletableFuture<TestApi.Reply> deletion;
        JsonNode meanwhile;
        try (Connection held = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            held.setAutoCommit(false);
            try (PreparedStatement lock = held.prepareStatement("select * from client_message where message_id = ? for update")) {
                lock.setString(1, before.path("message_id").asText());
                lock.executeQuery();
            }
            deletion = deleteMessages();
            meanwhile = send(group, "meanwhile");
        }
        ok(deletion.join());

        assertThat(database.column("select message_id from message where recipient = ?", group))
                .containsExactly(meanwhile.path("message_id").asText());
        assertThat(database.number("select count(*) from timeline where convers_with = ?", group)).isEqualTo(3);
        assertThat(database.column("select last_message_id || ' ' || unread || ' ' || is_new from conversation"
                + " where convers_with = ? and timeline_of = ?", group, bob))
                .containsExactly(meanwhile.path("message_id").asText() + " 1 true");
        assertThat(send(group, "meanwhile")).as("its client's id is in use").isEqualTo(meanwhile);
    }

    @Test
    void copiesThatAreAddedToAMessageDuringItsDeletionGoWithIt() throws Exception {
        createGroup();
        String id = send(group, "to many").path("message_id").asText();
        CompletableFuture<TestApi.Reply> deletion;
        try (Connection portion = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            portion.setAutoCommit(false);
            Long key = new Statement("messages", "find-message-keys").first(portion, row -> row.getLong(3),
                    portion.createArrayOf("varchar", new String[] {"tilechat"}), portion.createArrayOf("varchar", new String[] {id}));
            deletion = deleteMessages();
            try (PreparedStatement add = portion.prepareStatement("insert into timeline select app_id, 'late', convers_with,"
                    + " timestamp, message_id, status, ? from timeline where timeline_of = ? and message_id = ?")) {
                add.setLong(1, key);
                add.setString(2, group);
                add.setString(3, id);
                add.executeUpdate();
            }
            portion.commit();
        }
        ok(deletion.join());

        assertThat(database.rows("select 1 from timeline where convers_with = ?", group)).isEmpty();
        assertThat(database.rows("select 1 from message where recipient = ?", group)).isEmpty();
        assertThat(database.rows("select 1 from conversation where convers_with = ?", group)).isEmpty();
    }

    private void createGroup() {
        assertThat(api.post("/api/tilechat/groups", TestApi.user(alice), "{\"group_name\":\"G\",\"group_id\":\"" + group
                + "\",\"group_members\":{\"" + bob + "\":1}}").status()).isEqualTo(201);
    }

    private CompletableFuture<TestApi.Reply> deleteMessages() {
        CompletableFuture<TestApi.Reply> deletion = CompletableFuture.supplyAsync(
                () -> api.delete("/api/tilechat/" + group + "/messages/timelines", TestApi.admin()));
        await("deletion waits").until(() -> database.number("select count(*) from pg_stat_activity"
                + " where datname = current_database() and wait_event_type = 'Lock'") == 1);
        return deletion;
    }

    @Test
    void theDeletionOfAUserReadsNoWholeInboxForEachMessage() {
        int messages = 6_000;
        database.change("insert into message (message_key, app_id, message_id, sender, recipient, timestamp, payload)"
                + " select 1000 + i, 'tilechat', ? || i, ?, ?, 1000 + i, '{}' from generate_series(1, ?) i", group, alice, group,
                messages);
        for (String owner : List.of(alice, group)) {
            database.change("insert into timeline select 'tilechat', ?, ?, timestamp, message_id, 100, message_key"
                    + " from message where sender = ?", owner, group, alice);
        }
        String read = "select idx_blks_hit + idx_blks_read from pg_statio_user_indexes where indexrelname = 'timeline_page'";
        long before = database.number(read);

        ok(api.delete("/api/tilechat/" + alice + "/data", TestApi.admin()));
        assertThat(database.number("select count(*) from message where sender = ?", alice)).isEqualTo(messages);
        // It counts with the next thing that a connection does, so each is given something to do.
        await("PostgreSQL has counted").until(() -> api.get("/api/tilechat/bans", TestApi.admin()).status() == 200
                && database.number(read) >= before + messages);
        assertThat(database.number(read) - before).isLessThan(20L * messages);
    }

    private JsonNode send(String text) {
        return send(bob, text);
    }

    private JsonNode send(String recipient, String text) {
        return ok(api.post("/api/tilechat/messages/sync", TestApi.user(alice), "{\"sender_fullname\":\"A\","
                + "\"recipient_id\":\"" + recipient + "\",\"recipient_fullname\":\"B\",\"text\":\"" + text
                + "\",\"client_message_id\":\"" + text + "\"}")).path("message");
    }

    private static JsonNode ok(TestApi.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
