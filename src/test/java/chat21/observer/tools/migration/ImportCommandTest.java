package chat21.observer.tools.migration;

import static chat21.observer.tools.migration.ImportRun.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private static final String CONVERSATION = ",\"is_new\":true,\"archived\":false,\"key\":\"bob\",\"last_message_text\":\"x\"";

    @TempDir
    private Path folder;
    private ImportRun imports;

    @BeforeEach
    void begin() {
        imports = new ImportRun(folder);
    }

    @AfterEach
    void end() throws SQLException {
        imports.close();
    }

    @Test
    void aMessageIsStoredOnceAndStandsInEachInboxWithItsOwnStatus() throws Exception {
        imports.write("m.json", message("alice", "bob", "m1", 1, "200"), message("bob", "alice", "m1", 1, "{\"$numberInt\":\"150\"}"));

        assertThat(imports.run("--messages", "m.json")).isZero();

        assertThat(imports.database().column("select payload from message")).singleElement().asString()
                .contains("\"text\":\"m1\"", "\"timestamp\":1600000000001").doesNotContain("timelineOf", "\"_id\"", "status");
        assertThat(imports.database().rows("select timeline_of, convers_with, status from timeline order by timeline_of"))
                .containsExactly(Map.of("timeline_of", "alice", "convers_with", "bob", "status", 200),
                        Map.of("timeline_of", "bob", "convers_with", "alice", "status", 150));
    }

    @Test
    void repeatedItChangesNothingTwice() throws Exception {
        imports.write("m.json", message("alice", "bob", "m1", 1, "200"), message("bob", "alice", "m1", 1, "150"));
        imports.write("c.json", message("alice", "bob", "m1", 1, "200" + CONVERSATION));
        imports.run("--messages", "m.json", "--conversations", "c.json");
        imports.database().change("update conversation set is_new = false, unread = 0");
        imports.database().change("update timeline set status = 300 where timeline_of = 'alice'");

        assertThat(imports.run("--again", "--messages", "m.json", "--conversations", "c.json")).isZero();

        assertThat(imports.database().number("select count(*) from message")).isEqualTo(1);
        assertThat(imports.database().column("select status from timeline order by timeline_of")).containsExactly("300", "150");
        assertThat(imports.database().column("select is_new from conversation")).containsExactly("false");
        assertThat(imports.out()).contains("0 rows added or changed");
    }

    @Test
    void whatWasReadToTheEndIsNotReadAgainUnderAnyName() throws Exception {
        imports.write("m.json", message("alice", "bob", "m1", 1, "200"));
        imports.run("--messages", "m.json");
        Files.move(folder.resolve("m.json"), folder.resolve("other.json"));

        assertThat(imports.run("--messages", "other.json")).isZero();

        assertThat(imports.out()).contains("goes on after line 1");
    }

    @Test
    void anInterruptedImportGoesOnWhereItWasAndReportsEachRefusalOnce() throws Exception {
        imports.write("m.json", "5", message("alice", "bob", "m1", 1, "200"), message("alice", "bob", "m2", 2, "200"));
        imports.run("--messages", "m.json");
        Path report = imports.refusedFile(".txt");
        String complete = Files.readString(report);
        // As after a crash between two transactions: the position is that of line 1, and the report goes further.
        imports.database().change("update import_position set line = 1, offset_bytes = 2, stored = 0");
        imports.database().change("delete from timeline");
        imports.database().change("delete from message");
        Files.writeString(report, complete + "line 9: written before the crash\n");

        assertThat(imports.run("--messages", "m.json")).isEqualTo(3);

        assertThat(imports.database().number("select count(*) from message")).isEqualTo(2);
        assertThat(Files.readString(report)).isEqualTo(complete);
    }

    @Test
    void malformedLinesStopNothingAndAreKeptWithTheirReasons() throws Exception {
        imports.write("m.json", "{", "5", "", message("a.b", "bob", "m1", 1, "200"), message("alice", "bob", "m2", 2, "\"high\""),
                message("alice", "bob", "m3", 3, "200").replace("{\"$numberLong\":\"1600000000003\"}", "-1"),
                message("alice", "bob", "m4", 4, "200"), "x".repeat(100_000) + "{");

        assertThat(imports.run("--messages", "m.json")).isEqualTo(3);

        assertThat(imports.database().column("select message_id from message")).containsExactly("m4");
        assertThat(Files.readAllLines(imports.refusedFile(".txt"))).hasSize(6).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("line 1: bad-payload: ");
            assertThat(lines.get(2)).startsWith("line 4: bad-id: timelineOf must not hold");
            assertThat(lines.get(3)).isEqualTo("line 5: bad-field: status must be a whole number");
            assertThat(lines.get(4)).isEqualTo("line 6: bad-field: timestamp must be a number of ms since 1970");
        });
        assertThat(Files.readAllLines(imports.refusedFile(".json")).get(1)).isEqualTo("5");
    }

    @Test
    void aConversationKeepsItsStateAndWhatClientsSetAndCountsAsUnreadIfItIsNew() throws Exception {
        imports.write("m.json", message("alice", "bob", "m1", 1, "150"));
        imports.write("c.json", message("alice", "bob", "m1", 1, "150" + CONVERSATION + ",\"muted\":true"),
                message("alice", "carol", "m9", 9, "150,\"is_new\":false,\"archived\":true"));

        assertThat(imports.run("--conversations", "c.json", "--messages", "m.json")).isZero();

        assertThat(imports.database().rows("select convers_with, is_new, archived, unread, patch from conversation order by "
                + "convers_with").toString()).isEqualTo("[{convers_with=bob, is_new=true, archived=false, unread=1, "
                + "patch={\"muted\":true}}, {convers_with=carol, is_new=false, archived=true, unread=0, patch=null}]");
        // Its last message is there, though no inbox holds it.
        assertThat(imports.database().column("select payload from message where message_id = 'm9'")).singleElement().asString()
                .doesNotContain("is_new", "archived");
    }

    @Test
    void groupsAndInstancesComeOverAndANewerGroupStays() throws Exception {
        imports.write("g.json", group("old", 5), group("new", 7), group("older", 6));
        imports.write("i.json", "{\"app_id\":\"tilechat\",\"user_id\":\"bob\",\"instance_id\":\"tok.en:1\",\"platform\":\"ios\"}",
                "{\"app_id\":\"tilechat\",\"user_id\":\"bob\",\"instance_id\":\"\"}");

        assertThat(imports.run("--groups", "g.json", "--instances", "i.json")).isEqualTo(3);

        assertThat(imports.database().column("select name from chat_group")).containsExactly("new");
        assertThat(imports.database().column("select member_id from group_member order by member_id")).containsExactly("alice", "bob");
        assertThat(imports.database().column("select platform from instance")).containsExactly("ios");
    }

    @Test
    void manyLinesAreStoredOverSeveralTransactions() throws Exception {
        int count = 2 * Collection.MESSAGES.batch() + 5;
        Files.writeString(folder.resolve("m.json"), IntStream.range(0, count)
                .mapToObj(i -> message("alice", "bob", "m" + i, i, "200")).collect(Collectors.joining("\n")));

        assertThat(imports.run("--messages", "m.json")).isZero();

        assertThat(imports.database().number("select count(*) from timeline")).isEqualTo(count);
    }

    @Test
    void whatCannotBeReadIsOneSentence() {
        assertThat(imports.run("--messages", "nowhere.json")).isEqualTo(1);
        assertThat(imports.run()).isEqualTo(2);

        assertThat(imports.err()).contains("There is no file", "at least one file").hasLineCount(2);
    }

    private static String group(String name, int updatedOn) {
        return "{\"uid\":\"group-1\",\"appId\":\"tilechat\",\"name\":\"" + name + "\",\"owner\":\"alice\",\"members\":"
                + "{\"alice\":1,\"bob\":1},\"createdOn\":1,\"updatedOn\":" + updatedOn + "}";
    }
}
