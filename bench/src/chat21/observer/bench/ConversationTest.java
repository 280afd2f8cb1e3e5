package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aDirectMessageIsTheJsonOfAClientWithTextOfSixtyBytes() throws IOException {
        Conversation conversation = Conversation.direct("anna", "bert");

        JsonNode message = JSON.readTree(conversation.stamped(3, 14));

        assertThat(conversation.routingKey()).isEqualTo("apps.tilechat.outgoing.users.anna.messages.bert.outgoing");
        assertThat(message.get("text").asText()).hasSize(60);
        assertThat(message.get("type").asText()).isEqualTo("text");
        assertThat(message.get("channel_type").asText()).isEqualTo("direct");
        assertThat(message.get("sender_fullname").asText()).isEqualTo("anna");
        assertThat(message.get("recipient_fullname").asText()).isEqualTo("bert");
        assertThat(message.at("/attributes/bench").asText()).isEqualTo("b3nch:0003:0000000014");
        assertThat(message.has("group")).isFalse();
    }

    @Test
    void anInlineGroupNamesItsMembersAndTheSenderIsTheFirstOfThem() throws IOException {
        Conversation conversation = Conversation.inlineGroup("group-x", List.of("anna", "bert"));

        JsonNode message = JSON.readTree(conversation.stamped(1, 1));

        assertThat(conversation.routingKey()).isEqualTo("apps.tilechat.outgoing.users.anna.messages.group-x.outgoing");
        assertThat(message.get("channel_type").asText()).isEqualTo("group");
        assertThat(message.at("/group/members")).isEqualTo(JSON.readTree("{\"anna\":1,\"bert\":1}"));
    }

    @Test
    void theRelayKnowsTheMembersThatTheMessageNames() throws IOException {
        Conversation conversation = Cast.conversations(100).get(49);

        JsonNode members = JSON.readTree(conversation.stamped(1, 1)).at("/group/members");
        List<String> inboxes = Relay.inboxes(conversation.routingKey());

        String group = "group-bench-100-49";
        assertThat(inboxes).doesNotHaveDuplicates().hasSize(Cast.copiesPerMessage(100));
        members.fieldNames().forEachRemaining(member ->
                assertThat(inboxes).contains("apps.tilechat.users." + member + ".messages." + group + ".clientadded"));
        assertThat(inboxes).last().isEqualTo("apps.tilechat.users." + group + ".messages." + group + ".clientadded");
    }

    @Test
    void aDirectMessageReachesBothSides() {
        assertThat(Relay.inboxes(Cast.conversations(0).get(7).routingKey())).containsExactly(
                "apps.tilechat.users.user-7.messages.peer-7.clientadded",
                "apps.tilechat.users.peer-7.messages.user-7.clientadded");
    }
}
