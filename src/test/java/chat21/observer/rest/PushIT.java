package chat21.observer.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.push.FirebaseStandIn;
import chat21.observer.rest.TestApi.Reply;

class PushIT {

    private static FirebaseStandIn firebase;
    private static TestApi api;

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        firebase = new FirebaseStandIn();
        api = TestApi.with(Map.of("chat21.push.project", "chat", "chat21.push.client-email", "chat@project.example",
                "chat21.push.private-key", firebase.privateKey(), "chat21.push.api", firebase.address(),
                "chat21.push.tokens", firebase.address() + "/token"));
    }

    @AfterAll
    static void stop() {
        api.close();
        firebase.close();
    }

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

    private static Reply store(String user, String device) {
        return api.post("/api/tilechat/" + user + "/instances/" + device, TestApi.user(user),
                "{\"device_model\":\"m\",\"language\":\"en\",\"platform\":\"ionic\",\"platform_version\":\"3\"}");
    }

    private String event(String recipient) {
        return "{\"event_type\":\"message-delivered\",\"recipient_id\":\"" + recipient + "\",\"data\":{\"sender\":\""
                + alice + "\",\"sender_fullname\":\"A\",\"recipient\":\"" + recipient + "\",\"text\":\"hello\"}}";
    }
}
