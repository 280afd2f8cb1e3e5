package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.push.FirebaseStandIn;
import chat21.observer.api.rest.TestApi.Reply;

class PushIT {

    private static final String SECRET = "a-secret-of-the-deployment";

    private static final FirebaseStandIn firebase = new FirebaseStandIn();
    @RegisterExtension
    private static TestApi api = TestApi.ofClass(Map.of("chat21.push.project", "chat",
            "chat21.push.client-email", "chat@project.example", "chat21.push.private-key", firebase.privateKey(),
            "chat21.push.api", firebase.address(), "chat21.push.tokens", firebase.address() + "/token",
            "chat21.push.webhook-token", SECRET, "chat21.push.admin-token", "a.second/one"));

    @AfterAll
    static void stop() {
        firebase.close();
    }

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @Test
    void aRecipientIsToldOnItsDevices() {
        String device = "device:" + UUID.randomUUID() + "_APA91" + "x".repeat(150);
        assertThat(store(bob, device).text()).isEqualTo("{\"success\":true}");

        assertThat(api.post("/api/tilechat/notify", TestApi.admin(), event(bob)).text())
                .isEqualTo("{\"success\":true}");
        await().until(() -> firebase.pushed().stream().anyMatch(p -> p.path("token").asText().equals(device)
                && p.path("notification").path("body").asText().equals("hello")));
    }

    @Test
    void aDeviceThatIsGoneIsForgotten() throws Exception {
        String gone = "gone-" + UUID.randomUUID();
        store(bob, gone);
        api.post("/api/tilechat/notify", TestApi.admin(), event(bob));

        await().until(() -> !api.get("/api/tilechat/" + bob + "/data", TestApi.admin()).text().contains(gone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quota", "busy"})
    void aNoteThatFirebaseDoesNotTakeNowIsBroughtLater(String why) {
        String device = why + "-" + UUID.randomUUID();
        store(bob, device);
        api.post("/api/tilechat/notify", TestApi.admin(), event(bob));

        await().until(() -> firebase.pushed().stream().anyMatch(p -> p.path("token").asText().equals(device)));
        assertThat(firebase.asked()).filteredOn(device::equals).hasSize(2);
    }

    @Test
    void aDeviceBelongsToWhomItWasLastStoredFor() {
        String device = "device" + UUID.randomUUID();
        store(bob, device);
        store(alice, device);

        assertThat(api.get("/api/tilechat/" + bob + "/data", TestApi.admin()).text()).doesNotContain(device);
        assertThat(api.get("/api/tilechat/" + alice + "/data", TestApi.admin()).text()).contains(device);
    }

    @Test
    void onlyTheUserItselfStoresADevice() {
        String path = "/api/tilechat/" + alice + "/instances/device";

        assertThat(api.post(path, TestApi.user(bob), "{}").status()).isEqualTo(401);
        assertThat(api.post(path, TestApi.admin(), "{}").status()).isEqualTo(401);
        assertThat(api.post(path, TestApi.SIGNER.user("shop", alice), "{}").status()).isEqualTo(401);
        assertThat(api.post(path, null, "{}").status()).isEqualTo(403);
        assertThat(api.post(path, TestApi.user(alice), "{\"platform\":{}}").status()).isEqualTo(400);
        assertThat(api.post(path + "x".repeat(600), TestApi.user(alice), "{}").status()).isEqualTo(400);
        assertThat(api.post(path + "%00", TestApi.user(alice), "{}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", " [ ]", "{\"platform\":[],\"language\":null,\"device_model\":\"\",\"platform_version\":13.5}"})
    void whatADeviceDoesNotSayOfItselfMayBeLeftOut(String body) {
        String device = "device" + UUID.randomUUID();

        assertThat(api.post("/api/tilechat/" + alice + "/instances/" + device, TestApi.user(alice), body).text())
                .isEqualTo("{\"success\":true}");
    }

    @Test
    void onlyBackEndsPush() {
        Reply refused = api.post("/api/tilechat/notify", TestApi.user(alice), event(bob));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("msg").asText()).isEqualTo("Unauthorized.");
        assertThat(api.post("/api/tilechat/notify", TestApi.SIGNER.admin("shop", "x"), event(bob)).status())
                .isEqualTo(401);
        assertThat(api.post("/api/tilechat/notify", null, event(bob)).status()).isEqualTo(403);
        assertThat(api.post("/api/tilechat/notify", TestApi.admin(), "{}").status()).isEqualTo(400);
        assertThat(api.post("/api/tilechat/notify", TestApi.admin(), "{\"data\":{}}").status()).isEqualTo(400);
    }

    @Test
    void aWebhookEventOfADeliveryIsPushedOnceHoweverOftenItComes() {
        String device = "device-" + UUID.randomUUID();
        String other = "device-" + UUID.randomUUID();
        store(bob, device);
        store(alice, other);
        String event = delivered(bob, "m-" + UUID.randomUUID(), "message-delivered");
        String call = "/api/tilechat/push/webhook/endpoint/" + SECRET;

        assertThat(api.post(call, null, event).text()).isEqualTo("{\"success\":true}");
        assertThat(api.post(call, null, event).status()).isEqualTo(200);
        assertThat(api.post("/api/tilechat/push/webhook/endpoint/a.second%2Fone", null, event).status()).isEqualTo(200);
        assertThat(api.post(call, null, delivered(alice, "m", "message-sent")).status()).as("another kind").isEqualTo(200);
        assertThat(api.post(call, null, "{\"event_type\":\"presence-change\",\"data\":true}").status()).isEqualTo(200);

        await().until(() -> firebase.asked().contains(device));
        // By now whatever came before it has been pushed as well.
        String last = "device-" + UUID.randomUUID();
        store(alice + "-2", last);
        api.post(call, null, delivered(alice + "-2", "m", "message-delivered"));
        await().until(() -> firebase.asked().contains(last));
        assertThat(firebase.asked()).filteredOn(device::equals).hasSize(1);
        assertThat(firebase.asked()).doesNotContain(other);
    }

    @Test
    void whatABackEndHasAskedPushForIsNotPushedOnceMoreByItsEvent() {
        String device = "device-" + UUID.randomUUID();
        store(bob, device);
        String event = delivered(bob, "m-" + UUID.randomUUID(), "message-delivered");
        api.post("/api/tilechat/notify", TestApi.admin(), event);
        api.post("/api/tilechat/push/webhook/endpoint/" + SECRET, null, event);
        api.post("/api/tilechat/notify", TestApi.admin(), delivered(bob, "later", "message-delivered"));

        await().until(() -> firebase.asked().stream().filter(device::equals).count() == 2);
    }

    @Test
    void onlyTheSecretInThePathLetsAWebhookEventIn() {
        String event = delivered(bob, "m", "message-delivered");
        String call = "/api/tilechat/push/webhook/endpoint/";

        assertThat(api.post(call + "wrong", null, event).status()).isEqualTo(403);
        assertThat(api.post(call + "wrong", TestApi.admin(), event).status()).isEqualTo(403);
        assertThat(api.post(call + "a%20b", null, event).status()).isEqualTo(400);
        assertThat(api.post(call + SECRET, null, "{\"event_type\":\"message-delivered\"}").status()).isEqualTo(400);
        assertThat(api.post(call + SECRET, null, "[]").status()).isEqualTo(400);
        assertThat(api.post(call + SECRET, null, event.replace("tilechat", "no.app")).status()).isEqualTo(400);
    }

    private String delivered(String recipient, String id, String type) {
        return "{\"event_type\":\"" + type + "\",\"app_id\":\"tilechat\",\"recipient_id\":\"" + recipient
                + "\",\"message_id\":\"" + id + "\",\"delivered_to\":\"" + recipient + "\",\"data\":{\"sender\":\"" + alice
                + "\",\"recipient\":\"" + recipient + "\",\"text\":\"hello\",\"message_id\":\"" + id + "\"}}";
    }

    private static Reply store(String user, String device) {
        return api.post("/api/tilechat/" + user + "/instances/" + device, TestApi.user(user),
                "{\"device_model\":\"m\",\"language\":\"en\",\"platform\":\"ionic\",\"platform_version\":\"3\"}");
    }

    private String event(String recipient) {
        return "{\"event_type\":\"message-delivered\",\"recipient_id\":\"" + recipient + "\",\"data\":{\"sender\":\""
                + alice + "\",\"sender_fullname\":\"A\",\"recipient\":\"" + recipient + "\",\"text\":\"hello\"}}";
    }
}
