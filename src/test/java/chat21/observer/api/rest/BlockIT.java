package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.TestBroker;

class BlockIT {

    @RegisterExtension
    private static TestApi api = TestApi.ofClass();

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final String blocks = "/api/tilechat/" + alice + "/blocks";

    @Test
    void aBlockedUserIsNotHeardUntilUnblocked() {
        assertThat(api.put(blocks + "/" + bob, TestApi.user(alice), "").text()).isEqualTo("{\"success\":true}");
        assertThat(api.put(blocks + "/" + bob, TestApi.user(alice), "").status()).isEqualTo(200);
        assertThat(api.get(blocks, TestApi.user(alice)).result().toString()).isEqualTo("[\"" + bob + "\"]");

        try (ChatClient a = ChatClient.connect(TestBroker.shared(), alice);
                ChatClient b = ChatClient.connect(TestBroker.shared(), bob)) {
            b.send(alice, "{\"text\":\"unheard\"}");
            b.awaitMessage(alice, "unheard");
            assertThat(api.delete(blocks + "/" + bob, TestApi.user(alice)).status()).isEqualTo(200);
            assertThat(api.get(blocks, TestApi.user(alice)).result()).isEmpty();
            b.send(alice, "{\"text\":\"heard\"}");
            a.awaitMessage(bob, "heard");
            assertThat(a.received(r -> r.text().contains("unheard"))).isEmpty();
        }
    }

    @Test
    void onlyTheUserAndBackEndsSeeAndChangeWhomItBlocks() {
        String other = blocks + "/" + bob;

        assertThat(api.put(other, TestApi.admin(), "").status()).isEqualTo(200);
        assertThat(api.get(blocks, TestApi.admin()).result()).hasSize(1);
        for (String token : new String[] {TestApi.user(bob), TestApi.SIGNER.user("shop", alice),
            TestApi.SIGNER.admin("shop", "x")}) {
            assertThat(api.get(blocks, token).status()).isEqualTo(401);
            assertThat(api.put(other, token, "").status()).isEqualTo(401);
            assertThat(api.delete(other, token).status()).isEqualTo(401);
        }
        assertThat(api.get(blocks, null).status()).isEqualTo(403);
        assertThat(api.put(other, null, "").status()).isEqualTo(403);
        assertThat(api.delete(other, null).status()).isEqualTo(403);
        assertThat(api.delete(other, TestApi.admin()).status()).isEqualTo(200);
    }

    @Test
    void aBannedUserSendsNothingUntilUnbanned() {
        String ban = "/api/tilechat/bans/" + bob;
        String message = "{\"sender_fullname\":\"B\",\"recipient_id\":\"" + alice
                + "\",\"recipient_fullname\":\"A\",\"text\":\"hello\"}";

        assertThat(api.put(ban, TestApi.admin(), "").status()).isEqualTo(200);
        assertThat(api.get("/api/tilechat/bans", TestApi.admin()).text()).contains(bob);
        assertThat(api.post("/api/tilechat/messages", TestApi.user(bob), message).status()).isEqualTo(401);
        assertThat(api.delete(ban, TestApi.admin()).status()).isEqualTo(200);
        assertThat(api.get("/api/tilechat/bans", TestApi.admin()).text()).doesNotContain(bob);
        assertThat(api.post("/api/tilechat/messages", TestApi.user(bob), message).status()).isEqualTo(200);
    }

    @Test
    void onlyBackEndsBan() {
        String ban = "/api/tilechat/bans/" + bob;

        for (String token : new String[] {TestApi.user(bob), TestApi.user(alice), TestApi.SIGNER.admin("shop", "x")}) {
            assertThat(api.get("/api/tilechat/bans", token).status()).isEqualTo(401);
            assertThat(api.put(ban, token, "").status()).isEqualTo(401);
            assertThat(api.delete(ban, token).status()).isEqualTo(401);
        }
        assertThat(api.put(ban, null, "").status()).isEqualTo(403);
    }
}
