package chat21.observer.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import chat21.observer.testing.TestDatabase;

class ImportCommandTest {

    private static final String CONVERSATION = ",\"is_new\":true,\"archived\":false,\"key\":\"bob\",\"last_message_text\":\"x\"";

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void closeTheDatabase() throws SQLException {
        if (Files.exists(folder.resolve("chat.mv.db"))) {
            try (var connection = DriverManager.getConnection(database().url(), "chat21", "");
                    var statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
        }
    }

    @Test
    void aMessageIsStoredOnceAndStandsInEachInboxWithItsOwnStatus() throws Exception {
        write("m.json", message("alice", "bob", "m1", 1, "200"), message("bob", "alice", "m1", 1, "{\"$numberInt\":\"150\"}"));

        assertThat(run("--messages", "m.json")).isZero();

        assertThat(database().column("select payload from message")).singleElement().asString()
                .contains("\"text\":\"m1\"", "\"timestamp\":1600000000001").doesNotContain("timelineOf", "\"_id\"", "status");
        assertThat(database().rows("select timeline_of, convers_with, status from timeline order by timeline_of"))
                .containsExactly(Map.of("timeline_of", "alice", "convers_with", "bob", "status", 200),
                        Map.of("timeline_of", "bob", "convers_with", "alice", "status", 150));
    }

    @Test
    void repeatedItChangesNothingTwice() throws Exception {
        write("m.json", message("alice", "bob", "m1", 1, "200"), message("bob", "alice", "m1", 1, "150"));
        write("c.json", message("alice", "bob", "m1", 1, "200" + CONVERSATION));
        run("--messages", "m.json", "--conversations", "c.json");
        database().change("update conversation set is_new = false, unread = 0");
        database().change("update timeline set status = 300 where timeline_of = 'alice'");

        assertThat(run("--again", "--messages", "m.json", "--conversations", "c.json")).isZero();

        assertThat(database().number("select count(*) from message")).isEqualTo(1);
        assertThat(database().column("select status from timeline order by timeline_of")).containsExactly("300", "150");
        assertThat(database().column("select is_new from conversation")).containsExactly("false");
        assertThat(out.toString()).contains("0 rows added or changed");
    }

    @Test
    void whatWasReadToTheEndIsNotReadAgainUnderAnyName() throws Exception {
        write("m.json", message("alice", "bob", "m1", 1, "200"));
        run("--messages", "m.json");
        Files.move(folder.resolve("m.json"), folder.resolve("other.json"));

        assertThat(run("--messages", "other.json")).isZero();

        assertThat(out.toString()).contains("goes on after line 1");
    }

    @Test
    void anInterruptedImportGoesOnWhereItWasAndReportsEachRefusalOnce() throws Exception {
        write("m.json", "5", message("alice", "bob", "m1", 1, "200"), message("alice", "bob", "m2", 2, "200"));
        run("--messages", "m.json");
        Path report = refusedFile(".txt");
        String complete = Files.readString(report);
        // As after a crash between two transactions: the position is that of line 1, and the report goes further.
        database().change("update import_position set line = 1, offset_bytes = 2, stored = 0");
        database().change("delete from timeline");
        database().change("delete from message");
        Files.writeString(report, complete + "line 9: written before the crash\n");

        assertThat(run("--messages", "m.json")).isEqualTo(3);

        assertThat(database().number("select count(*) from message")).isEqualTo(2);
        assertThat(Files.readString(report)).isEqualTo(complete);
    }

    @Test
    void malformedLinesStopNothingAndAreKeptWithTheirReasons() throws Exception {
        write("m.json", "{", "5", "", message("a.b", "bob", "m1", 1, "200"), message("alice", "bob", "m2", 2, "\"high\""),
                message("alice", "bob", "m3", 3, "200").replace("{\"$numberLong\":\"1600000000003\"}", "-1"),
                message("alice", "bob", "m4", 4, "200"), "x".repeat(100_000) + "{");

        assertThat(run("--messages", "m.json")).isEqualTo(3);

        assertThat(database().column("select message_id from message")).containsExactly("m4");
        assertThat(Files.readAllLines(refusedFile(".txt"))).hasSize(6).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("line 1: bad-payload: ");
            assertThat(lines.get(2)).startsWith("line 4: bad-id: timelineOf must not hold");
            assertThat(lines.get(3)).isEqualTo("line 5: bad-field: status must be a whole number");
            assertThat(lines.get(4)).isEqualTo("line 6: bad-field: timestamp must be a number of ms since 1970");
        });
        assertThat(Files.readAllLines(refusedFile(".json")).get(1)).isEqualTo("5");
    }

    @Test
    void aConversationKeepsItsStateAndWhatClientsSetAndCountsAsUnreadIfItIsNew() throws Exception {
        write("m.json", message("alice", "bob", "m1", 1, "150"));
        write("c.json", message("alice", "bob", "m1", 1, "150" + CONVERSATION + ",\"muted\":true"),
                message("alice", "carol", "m9", 9, "150,\"is_new\":false,\"archived\":true"));

        assertThat(run("--conversations", "c.json", "--messages", "m.json")).isZero();

        assertThat(database().rows("select convers_with, is_new, archived, unread, patch from conversation order by "
                + "convers_with").toString()).isEqualTo("[{convers_with=bob, is_new=true, archived=false, unread=1, "
                + "patch={\"muted\":true}}, {convers_with=carol, is_new=false, archived=true, unread=0, patch=null}]");
        // Its last message is there, though no inbox holds it.
        assertThat(database().column("select payload from message where message_id = 'm9'")).singleElement().asString()
                .doesNotContain("is_new", "archived");
    }

    @Test
    void groupsAndInstancesComeOverAndANewerGroupStays() throws Exception {
        write("g.json", group("old", 5), group("new", 7), group("older", 6));
        write("i.json", "{\"app_id\":\"tilechat\",\"user_id\":\"bob\",\"instance_id\":\"tok.en:1\",\"platform\":\"ios\"}",
                "{\"app_id\":\"tilechat\",\"user_id\":\"bob\",\"instance_id\":\"\"}");

        assertThat(run("--groups", "g.json", "--instances", "i.json")).isEqualTo(3);

        assertThat(database().column("select name from chat_group")).containsExactly("new");
        assertThat(database().column("select member_id from group_member order by member_id")).containsExactly("alice", "bob");
        assertThat(database().column("select platform from instance")).containsExactly("ios");
    }

    @Test
    void manyLinesAreStoredOverSeveralTransactions() throws Exception {
        int count = 2 * Collection.MESSAGES.batch() + 5;
        Files.writeString(folder.resolve("m.json"), IntStream.range(0, count)
                .mapToObj(i -> message("alice", "bob", "m" + i, i, "200")).collect(Collectors.joining("\n")));

        assertThat(run("--messages", "m.json")).isZero();

        assertThat(database().number("select count(*) from timeline")).isEqualTo(count);
    }

    @Test
    void whatCannotBeReadIsOneSentence() throws Exception {
        write("array.json", "[" + message("alice", "bob", "m1", 1, "200") + "]");

        assertThat(run("--messages", "array.json")).isEqualTo(1);
        assertThat(run("--messages", "nowhere.json")).isEqualTo(1);
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString()).contains("without --jsonArray", "There is no file", "at least one file").hasLineCount(3);
    }

    private static String group(String name, int updatedOn) {
        return "{\"uid\":\"group-1\",\"appId\":\"tilechat\",\"name\":\"" + name + "\",\"owner\":\"alice\",\"members\":"
                + "{\"alice\":1,\"bob\":1},\"createdOn\":1,\"updatedOn\":" + updatedOn + "}";
    }

    private static String message(String owner, String peer, String id, long n, String status) {
        return "{\"_id\":{\"$oid\":\"5f5e1000\"},\"timelineOf\":\"" + owner + "\",\"conversWith\":\"" + peer
                + "\",\"message_id\":\"" + id + "\",\"sender\":\"alice\",\"recipient\":\"bob\",\"text\":\"" + id
                + "\",\"type\":\"text\",\"channel_type\":\"direct\",\"app_id\":\"tilechat\",\"timestamp\":{\"$numberLong\":\""
                + (1_600_000_000_000L + n) + "\"},\"attributes\":{\"projectId\":\"p1\"},\"status\":" + status + "}";
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private Path refusedFile(String ending) throws IOException {
        try (var files = Files.list(folder.resolve("refused"))) {
            return files.filter(f -> f.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    private TestDatabase database() {
        return TestDatabase.h2In(folder);
    }

    private int run(String... arguments) {
        ImportCommand command = new ImportCommand(Path.of("application.properties").toAbsolutePath(),
                Map.of("chat21.database.url", database().url(), "chat21.database.user", "chat21"), folder);
        return new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
