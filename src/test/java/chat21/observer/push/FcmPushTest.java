package chat21.observer.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FcmPushTest {

    private static final PushNote NOTE = new PushNote("Alice", "hello", Map.of("sender", "alice"));

    private final FirebaseStandIn firebase = new FirebaseStandIn();
    private final FcmPush push = new FcmPush(firebase.settings());

    @AfterEach
    void stop() {
        firebase.close();
    }

    @Test
    void aNoteReachesItsDeviceAndTheAccessTokenIsKept() throws Exception {
        assertThat(push.push(device("one", "ionic"), NOTE)).isTrue();
        assertThat(push.push(device("two", "android"), NOTE)).isTrue();
        assertThat(push.push(device("three", "ios"), NOTE)).isTrue();
        assertThat(push.push(device("four", null), NOTE)).isTrue();

        JsonNode first = firebase.pushed().get(0);
        assertThat(first.path("token").asText()).isEqualTo("one");
        assertThat(first.path("notification").path("title").asText()).isEqualTo("Alice");
        assertThat(first.path("notification").path("body").asText()).isEqualTo("hello");
        assertThat(first.path("data").path("sender").asText()).isEqualTo("alice");
        assertThat(first.path("webpush").path("headers").path("Urgency").asText()).isEqualTo("high");
        assertThat(firebase.pushed().get(1).path("android").path("notification").path("click_action").asText())
                .isEqualTo("NEW_MESSAGE");
        assertThat(firebase.pushed().get(2).path("apns").path("payload").path("aps").path("category").asText())
                .isEqualTo("NEW_MESSAGE");
        assertThat(firebase.tokensGiven()).isEqualTo(1);
    }

    @Test
    void aDeviceThatIsGoneIsToldApartFromOneThatCannotBeReached() throws Exception {
        assertThat(push.push(device("gone", "ios"), NOTE)).isFalse();
        assertThatThrownBy(() -> push.push(device("ill", "ios"), NOTE)).isInstanceOf(IOException.class)
                .hasMessageContaining("500");
    }

    @Test
    void whatIsNoKeyIsRefused() {
        FcmSettings s = firebase.settings();

        assertThatThrownBy(() -> new FcmPush(new FcmSettings(s.api(), s.tokens(), s.project(), s.clientEmail(), "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Instance device(String id, String platform) {
        return new Instance("tilechat", "bob", id, null, null, platform, null);
    }
}
