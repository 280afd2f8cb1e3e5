package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import chat21.observer.testing.ChatClient;

abstract class DirectMessages extends Flow {

    DirectMessages(Store store) {
        super(store);
    }

    @ParameterizedTest(name = "over WebSocket: {0}")
    @ValueSource(booleans = {false, true})
    @Tag("broker")
    void aMessageReachesSenderAndRecipientAndStandsInBothInboxes(boolean webSocket) {
        ChatClient.Builder from = ChatClient.of(newId("alice"));
        ChatClient alice = connect(webSocket ? from.webSocket() : from);
        ChatClient bob = newClient("bob");

        alice.send(bob.user(), "{\"text\":\"hello\",\"type\":\"text\",\"channel_type\":\"direct\",\"price\":1.50}");

        JsonNode delivered = bob.awaitMessage(alice.user(), "hello").json();
        JsonNode sent = alice.awaitMessage(bob.user(), "hello").json();
        assertThat(sent.path("status").intValue()).isEqualTo(100);
        assertThat(delivered.path("status").intValue()).isEqualTo(150);
        assertThat(delivered.path("sender").textValue()).isEqualTo(alice.user());
        assertThat(delivered.path("recipient").textValue()).isEqualTo(bob.user());
        assertThat(delivered.path("app_id").textValue()).isEqualTo(app);
        assertThat(delivered.path("message_id")).isEqualTo(sent.path("message_id"));
        assertThat(copies(bob, alice.user()).get(0).text()).contains("\"price\":1.50");

        String id = sent.path("message_id").textValue();
        assertThat(timeline(alice.user(), bob.user())).singleElement()
                .satisfies(row -> assertThat(row).contains(entry("message_id", id), entry("status", 100)));
        assertThat(timeline(bob.user(), alice.user())).singleElement()
                .satisfies(row -> assertThat(row).contains(entry("message_id", id), entry("status", 150)));
        assertThat(conversation(alice.user(), bob.user())).containsExactly(
                Map.of("last_message_id", id, "is_new", false, "archived", false, "unread", 0));
        assertThat(conversation(bob.user(), alice.user())).containsExactly(
                Map.of("last_message_id", id, "is_new", true, "archived", false, "unread", 1));
    }

    @Test
    void whoWritesToItselfGetsBothCopiesAndHasOneRow() {
        ChatClient alice = newClient("alice");

        alice.send(alice.user(), "{\"text\":\"note\"}");

        alice.awaitCount(2, r -> r.event().equals("clientadded"));
        assertThat(copies(alice, alice.user())).extracting(r -> r.json().path("status").intValue())
                .containsExactly(100, 150);
        assertThat(timeline(alice.user(), alice.user())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", 150));
        assertThat(conversation(alice.user(), alice.user())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("is_new", false).containsEntry("unread", 0));
    }

    @Test
    void aMessageThatLeavesTheConversationAloneIsStoredAndDelivered() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");

        alice.send(bob.user(), "{\"text\":\"quiet\",\"attributes\":{\"updateconversation\":false}}");

        bob.awaitMessage(alice.user(), "quiet");
        assertThat(timeline(bob.user(), alice.user())).hasSize(1);
        assertThat(conversation(bob.user(), alice.user())).isEmpty();
        assertThat(conversation(alice.user(), bob.user())).isEmpty();
    }

    @Test
    @Tag("broker")
    void aBlockedSenderReachesNobodyButItself() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        database.change("insert into block (app_id, user_id, blocked_id) values (?, ?, ?)", app, bob.user(),
                alice.user());

        alice.send(bob.user(), "{\"text\":\"let me in\"}");
        alice.awaitMessage(bob.user(), "let me in");
        bob.send(alice.user(), "{\"text\":\"no\"}");

        alice.awaitMessage(bob.user(), "no");
        bob.awaitMessage(alice.user(), "no");
        assertThat(copies(bob, alice.user())).extracting(r -> r.json().path("text").textValue()).containsExactly("no");
        assertThat(timeline(bob.user(), alice.user())).hasSize(1);
        assertThat(timeline(alice.user(), bob.user())).hasSize(2);
        assertThat(conversation(bob.user(), alice.user())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("unread", 0));
    }

    @Test
    void anOlderMessageDoesNotReplaceTheLastOfAConversation() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");

        alice.send(bob.user(), "{\"text\":\"new\"}");
        String last = bob.awaitMessage(alice.user(), "new").json().path("message_id").textValue();
        observer.amqp().publish("apps.observer." + app + ".users." + bob.user() + ".messages." + alice.user() + ".delivered",
                "{\"message_id\":\"" + newId("old") + "\",\"sender\":\"" + alice.user() + "\",\"recipient\":\"" + bob.user()
                        + "\",\"text\":\"old\",\"timestamp\":1600000000000}");

        JsonNode old = bob.awaitMessage(alice.user(), "old").json();
        assertThat(old.path("timestamp").longValue()).isEqualTo(1_600_000_000_000L);
        assertThat(conversation(bob.user(), alice.user())).containsExactly(
                Map.of("last_message_id", last, "is_new", true, "archived", false, "unread", 2));
    }

    @Test
    void aClientsClockOrdersNothing() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");

        alice.send(bob.user(), "{\"text\":\"first\"}");
        alice.send(bob.user(), "{\"text\":\"second\",\"timestamp\":1600000000000}");

        JsonNode first = bob.awaitMessage(alice.user(), "first").json();
        JsonNode second = bob.awaitMessage(alice.user(), "second").json();
        assertThat(second.path("timestamp").longValue()).isGreaterThanOrEqualTo(first.path("timestamp").longValue());
        assertThat(second.path("client_timestamp").longValue()).isEqualTo(1_600_000_000_000L);
        assertThat(timeline(bob.user(), alice.user())).extracting(row -> row.get("message_id")).containsExactly(
                first.path("message_id").textValue(), second.path("message_id").textValue());
        assertThat(conversation(bob.user(), alice.user())).singleElement().satisfies(
                row -> assertThat(row).containsEntry("last_message_id", second.path("message_id").textValue()));
    }

    @Test
    void tenThousandMessagesOfOneSenderArriveInOrder() {
        int count = 10_000;
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");

        IntStream.range(0, count).forEach(i -> alice.sendLater(bob.user(), "{\"text\":\"" + i + "\"}"));

        List<String> expected = IntStream.range(0, count).mapToObj(String::valueOf).toList();
        bob.awaitCount(count, r -> r.event().equals("clientadded"));
        alice.awaitCount(count, r -> r.event().equals("clientadded"));
        assertThat(copies(bob, alice.user())).extracting(r -> r.json().path("text").textValue()).isEqualTo(expected);
        assertThat(copies(alice, bob.user())).extracting(r -> r.json().path("text").textValue()).isEqualTo(expected);
        assertThat(rowsOf(bob.user())).isEqualTo(count);
        assertThat(conversation(bob.user(), alice.user())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("unread", count));
    }
}
