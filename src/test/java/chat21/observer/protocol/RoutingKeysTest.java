package chat21.observer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class RoutingKeysTest {

    @Test
    void keysLeadWhereClientsListen() {
        assertThat(RoutingKeys.clientAdded("a", "u", "p")).isEqualTo("apps.a.users.u.messages.p.clientadded");
        assertThat(RoutingKeys.clientUpdated("a", "u", "p", "m")).isEqualTo("apps.a.users.u.messages.p.m.clientupdated");
        assertThat(RoutingKeys.conversationUpdated("a", "u", "p"))
                .isEqualTo("apps.a.users.u.conversations.p.clientupdated");
        assertThat(RoutingKeys.conversationDeleted("a", "u", "p"))
                .isEqualTo("apps.a.users.u.conversations.p.clientdeleted");
        assertThat(RoutingKeys.archivedConversationAdded("a", "u", "p"))
                .isEqualTo("apps.a.users.u.archived_conversations.p.clientadded");
        assertThat(RoutingKeys.groupUpdated("a", "u", "g")).isEqualTo("apps.a.users.u.groups.g.clientupdated");
    }

    @Test
    void aKeyMayHave255BytesButNotOneMore() {
        int rest = 255 - RoutingKeys.clientAdded("a", "", "p").length();
        String threeBytes = "\u732b";
        String fits = threeBytes.repeat(rest / 3) + "x".repeat(rest % 3);

        assertThat(RoutingKeys.clientAdded("a", fits, "p").getBytes(StandardCharsets.UTF_8)).hasSize(255);
        assertThatThrownBy(() -> RoutingKeys.clientAdded("a", fits + "x", "p")).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.ROUTING_KEY_TOO_LONG));
    }
}
