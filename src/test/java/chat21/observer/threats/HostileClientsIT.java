package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.testing.ChatClient;

/** What a client with a valid token may try on the topics that it can reach. */
class HostileClientsIT extends Hostile {

    @ParameterizedTest
    @ValueSource(strings = {"groups/update", "groups/g/update", "messages/ben/a/b/update", "update",
        "conversations/update", "conversations/ben/x/update", "messages/ben/outgoing", "presence", "presence/a/b",
        "messages/ben/m/delivered", "messages/ben/persist", "conversations/ben/archive/archive"})
    void whatOnlyEndsLikeAKnownTopicIsNotHeard(String rest) {
        long before = rows();
        try (ChatClient wide = ChatClient.of("mallory-" + rest.hashCode()).app(app).wide().connect(observer.broker())) {
            wide.publish(wide.tree(rest), "{\"group\":{\"uid\":\"g\"},\"notify_to\":{\"ben\":1},\"text\":\"x\",\"status\":200}");
        }
        assertNeighboursChat();

        assertThat(rows()).isEqualTo(before + 2);
        assertThat(ben.received(r -> r.topic().contains("/groups/"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\u00a0b", "\u202eneb", "b\u200ben", "a\u2028b", "a\ufffd", "a\u0007b"})
    void anIdWithWhiteSpaceOrControlOrHiddenCharactersIsRefused(String id) {
        // Some of these no client library sends, but another one would.
        assertRefused("bad-id", client -> observer.amqp().publish(key(id), "{\"text\":\"x\"}"));
        assertThat(rowsOf(id)).isZero();
    }

    @Test
    void ofABurstOfMessagesToThousandsNoMoreIsBegunThanThereIsRoomFor() {
        String crowd = newId("crowd");
        storeGroup(crowd, Stream.concat(Stream.of("mallory", "ben"),
                IntStream.range(0, 4998).mapToObj(i -> "member-" + i)).toArray(String[]::new));
        List<String> texts = IntStream.range(0, 24).mapToObj(i -> "burst " + i).toList();
        List<Double> heldBack = new ArrayList<>();

        texts.forEach(text -> observer.amqp().publish(key(crowd), "{\"text\":\"" + text + "\"}"));
        await().until(() -> {
            heldBack.add(observer.management().metric("chat21_copies_held_back"));
            return copies(ben, crowd).size() == texts.size();
        });

        assertThat(copies(ben, crowd)).extracting(copy -> copy.json().path("text").textValue()).isEqualTo(texts);
        assertThat(heldBack).allSatisfy(copies -> assertThat(copies).isLessThanOrEqualTo(60_000))
                .anySatisfy(copies -> assertThat(copies).isGreaterThan(20_000));
        assertNeighboursChat();
    }

    @Test
    void anIdOfMoreThan128CharactersIsRefused() {
        assertRefused("bad-id", "x".repeat(129), "{\"text\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "a*b", "a+b", "a/b", "#", "*", "'/**/or/**/1=1", "x/clientadded"})
    void anIdThatSeparatesOrMatchesTopicsIsRefused(String id) {
        assertRefused("bad-id", client -> observer.amqp().publish(key(id), "{\"text\":\"x\"}"));
    }

    @Test
    void anIdWithADotIsAnotherTopicAndNotHeard() {
        long before = rows();
        observer.amqp().publish(key("ben.anna"), "{\"text\":\"x\"}");
        assertNeighboursChat();

        assertThat(rows()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table message; --", "\" or \"1\"=\"1", "\\'; select 1", "null", "true", "__proto__",
        "%2e%2e", "\u732b\u732b", "${jndi:ldap:x}", "{{chat21:jwt-key}}"})
    void anIdThatLooksLikeSomethingElseIsAnId(String id) {
        String text = newId("text");
        String safe = id.replace(" ", "_").replace("/", "_").replace(".", "_").replace("*", "_");

        mallory.send(safe, "{\"text\":\"" + text + "\"}");

        mallory.awaitMessage(safe, text);
        assertThat(timeline(safe, "mallory")).hasSize(1);
        assertNeighboursChat();
    }

    @Test
    void aRoutingKeyThatWouldPass255BytesIsRefusedBeforeAnythingIsStored() {
        // What comes fits, but clientadded is longer than what the other ids leave of it.
        String group = newId("group-");
        String member = "\u732b".repeat(75);

        assertRefused("routing-key-too-long", group, "{\"channel_type\":\"group\",\"group\":{\"members\":{\"" + member
                + "\":1,\"ben\":1}}}");

        assertThat(rowsOf(group) + rowsOf(member)).isZero();
    }

    @Test
    void anInlineGroupOnAMessageToAUserReachesThatUserAlone() {
        String text = newId("text");
        long before = rowsOf("anna");

        mallory.send("ben", "{\"text\":\"" + text + "\",\"channel_type\":\"group\",\"group\":{\"members\":{\"anna\":1}}}");

        ben.awaitMessage("mallory", text);
        assertNeighboursChat();
        assertThat(timeline("anna", "ben")).extracting(row -> row.get("payload").toString()).noneMatch(p -> p.contains(text));
        assertThat(copies(anna, "ben")).noneMatch(copy -> copy.text().contains(text));
        assertThat(rowsOf("anna")).isEqualTo(before + 1);
    }

    @Test
    void aGroupMessageAimedAtAUserIsDirect() {
        String text = newId("text");

        mallory.send("ben", "{\"text\":\"" + text + "\",\"channel_type\":\"group\"}");

        ben.awaitMessage("mallory", text);
        assertNeighboursChat();
        assertThat(timeline("ben", "ben")).isEmpty();
    }

    @Test
    void whoIsNoMemberOfAStoredGroupIsRefusedWhateverListItBrings() {
        String group = newId("group");
        storeGroup(group, "anna", "ben");

        assertRefused("not-a-member", group, "{\"text\":\"x\",\"channel_type\":\"group\",\"group\":{\"members\":"
                + "{\"mallory\":1,\"ben\":1}}}");

        assertThat(rowsOf(group)).isZero();
        assertThat(copies(ben, group)).isEmpty();
    }

    @Test
    void aReceiptForAMessageThatIsNotThereIsRefusedAndMakesNoRow() {
        long before = rows();
        assertRefused("not-found", client -> client.sendReceipt("ben", "00000000-0000-0000-0000-000000000000"));

        assertThat(rows()).isEqualTo(before + 2);
    }

    @Test
    void aReceiptForSomebodyElsesMessageIsRefused() {
        String text = newId("text");
        anna.send("ben", "{\"text\":\"" + text + "\"}");
        String id = ben.awaitMessage("anna", text).json().path("message_id").textValue();

        assertRefused("not-found", client -> client.sendReceipt("ben", id));
        assertRefused("not-found", client -> client.sendReceipt("anna", id));

        assertThat(statuses("ben", id)).containsExactly(150);
        assertThat(statuses("anna", id)).containsExactly(100);
    }

    @Test
    void aReceiptForAMessageOfOnesOwnIsRefused() {
        String text = newId("text");
        mallory.send("ben", "{\"text\":\"" + text + "\"}");
        String id = mallory.awaitMessage("ben", text).json().path("message_id").textValue();

        assertRefused("own-message", client -> client.sendReceipt("ben", id));

        assertThat(statuses("mallory", id)).containsExactly(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":300}", "{\"status\":-100}", "{\"status\":\"200\"}", "{\"status\":1e300}",
        "{\"status\":200.0}", "{\"status\":null}", "{}"})
    void aReceiptThatSaysAnythingButReceivedIsRefusedAndNoStatusGoesDown(String payload) {
        String text = newId("text");
        anna.send("mallory", "{\"text\":\"" + text + "\"}");
        String id = mallory.awaitMessage("anna", text).json().path("message_id").textValue();
        mallory.sendReceipt("anna", id);
        anna.awaitTopic(id + "/clientupdated");

        assertRefused("bad-field", client -> client.publish(client.tree("messages/anna/" + id + "/update"), payload));

        assertThat(statuses("mallory", id)).containsExactly(200);
        assertThat(statuses("anna", id)).containsExactly(250);
    }

    @Test
    void aConversationPatchSetsOnlyWhatIsTheClients() {
        String peer = newId("peer");
        mallory.send(peer, "{\"text\":\"mine\"}");
        mallory.awaitMessage(peer, "mine");

        mallory.patchConversation(peer, "{\"timelineOf\":\"ben\",\"app_id\":\"other\",\"archived\":true,"
                + "\"last_message_text\":\"forged\",\"is_new\":false,\"attributes\":{\"note\":1}}");

        JsonNode told = mallory.awaitTopic("/conversations/" + peer + "/clientupdated").json();
        assertThat(told.fieldNames()).toIterable().containsExactlyInAnyOrder("is_new", "attributes", "timelineOf",
                "conversWith");
        assertThat(told.path("timelineOf").textValue()).isEqualTo("mallory");
        List<Map<String, Object>> rows = database.rows("select archived, patch from conversation where app_id = ?"
                + " and timeline_of = 'mallory' and convers_with = ?", app, peer);
        assertThat(rows.get(0).get("archived")).isEqualTo(false);
        assertThat(rows.get(0).get("patch").toString()).doesNotContain("forged", "archived", "ben");
    }

    @Test
    void aConversationPatchOf10000KeysIsRefused() {
        String peer = newId("peer");
        mallory.send(peer, "{\"text\":\"mine\"}");
        mallory.awaitMessage(peer, "mine");
        String keys = IntStream.range(0, 8_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));

        assertRefused("bad-field", client -> client.patchConversation(peer, "{" + keys + "}"));
        assertRefused("payload-too-large", client -> client.patchConversation(peer, "{\"attributes\":{" + keys + "}}"));
        assertRefused("bad-payload",
                client -> client.patchConversation(peer, "{" + keys + "," + keys.replace("k", "q") + "}"));
        assertRefused("not-found", client -> client.patchConversation("nobody", "{\"attributes\":{}}"));
    }

    @Test
    void aReadOrAnArchiveOfAConversationThatIsNotThereIsCountedAndLeft() {
        String metric = "chat21_messages_refused_total{reason=\"not-found\"}";
        double before = observer.management().metric(metric);

        mallory.patchConversation("nobody", "{\"is_new\":false}");
        mallory.archiveConversation("nobody");

        await().untilAsserted(() -> assertThat(observer.management().metric(metric)).isEqualTo(before + 2));
        assertThat(observer.deadLetters()).isZero();
    }

    @Test
    void aPoisonMessageIsTriedAFewTimesAndItsNeighboursPass() {
        database.change("alter table message add constraint poison check (payload not like '%poison%')");
        try {
            assertRefused("processing-failed", client -> {
                for (int i = 0; i < 20; i++) {
                    anna.sendLater("ben", "{\"text\":\"before " + i + "\"}");
                }
                client.send("ben", "{\"text\":\"poison\"}");
                for (int i = 0; i < 20; i++) {
                    anna.sendLater("ben", "{\"text\":\"after " + i + "\"}");
                }
            });
            ben.awaitMessage("anna", "before 19");
            ben.awaitMessage("anna", "after 19");
            assertThat(copies(ben, "anna").stream().map(r -> r.json().path("text").textValue())
                    .filter(text -> text.startsWith("before ") || text.startsWith("after ")).toList())
                    .hasSize(40).doesNotHaveDuplicates();
        } finally {
            database.change("alter table message drop constraint poison");
        }
    }

    @Test
    void labelsThatClientsChooseAreBounded() {
        for (int i = 0; i < 300; i++) {
            mallory.sendLater("ben", "{\"text\":\"x\",\"attributes\":{\"projectId\":\"p" + i + "\",\"ipAddress\":\"10.0." + i
                    + ".1\"}}");
        }
        mallory.send("ben", "{\"text\":\"last of many projects\",\"attributes\":{\"projectId\":\"" + "p".repeat(5_000)
                + "\"}}");
        ben.awaitMessage("mallory", "last of many projects");

        await().untilAsserted(() -> assertThat(lines("chat21_messages_per_project_total{")).isBetween(100L, 101L));
        assertThat(lines("chat21_messages_per_ip_total{")).isLessThanOrEqualTo(101);
        assertThat(lines("chat21_messages_per_project_ip_total{")).isLessThanOrEqualTo(101);
        assertThat(observer.management().get("metrics").body()).contains("other").doesNotContain("p".repeat(5_000));
    }

    private long lines(String beginning) {
        return observer.management().get("metrics").body().lines().filter(line -> line.startsWith(beginning)).count();
    }

    private String key(String recipient) {
        return "apps." + app + ".outgoing.users.mallory.messages." + recipient + ".outgoing";
    }

    private long rows() {
        return database.number("select count(*) from timeline where app_id = ?", app);
    }

    private List<Integer> statuses(String owner, String messageId) {
        return database.rows("select status from timeline where app_id = ? and timeline_of = ? and message_id = ?", app,
                owner, messageId).stream().map(row -> ((Number) row.get("status")).intValue()).toList();
    }
}
