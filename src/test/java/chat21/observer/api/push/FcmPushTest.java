package chat21.observer.api.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"gone", "stranger", "malformed", "garbled"})
    void whatSaysThatADeviceIsNotReachedAgainIsToldApart(String device) throws Exception {
        assertThat(push.push(device(device, "ios"), NOTE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"large,400", "denied,403", "nowhere,404"})
    void whatIsNotTheDevicesFaultAndDoesNotPassIsRefused(String device, String status) {
        assertThatThrownBy(() -> push.push(device(device, "ios"), NOTE)).hasMessageContaining(status)
                .isInstanceOfSatisfying(PushFailure.class, failure -> assertThat(failure.passes()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"ill,500,0", "quota,429,1000", "busy,503,1000"})
    void whatPassesIsToldWithTheTimeThatFirebaseWantsToBeLeftAlone(String device, String status, long afterMs) {
        assertThatThrownBy(() -> push.push(device(device, "ios"), NOTE)).hasMessageContaining(status)
                .isInstanceOfSatisfying(PushFailure.class, failure -> {
                    assertThat(failure.passes()).isTrue();
                    assertThat(failure.afterMs()).isEqualTo(afterMs);
                });
    }

    @Test
    void aLostConnectionPasses() {
        firebase.close();

        assertThatThrownBy(() -> push.push(device("one", "ios"), NOTE))
                .isInstanceOfSatisfying(PushFailure.class, failure -> assertThat(failure.passes()).isTrue());
    }

    @Test
    void anAccessTokenThatIsNoLongerTakenIsReplacedAtOnce() throws Exception {
        push.push(device("one", "ios"), NOTE);
        firebase.forgetTokens();

        assertThat(push.push(device("two", "ios"), NOTE)).isTrue();
        assertThat(firebase.tokensGiven()).isEqualTo(2);
    }

    @Test
    void aCertificateThatIsNotTakenNeitherCostsTheDeviceNorATokenForEachNote() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> push.push(device("certificate", "ios"), NOTE))
                    .isInstanceOfSatisfying(PushFailure.class, failure -> assertThat(failure.passes()).isFalse());
        }
        assertThat(push.push(device("one", "android"), NOTE)).isTrue();
        assertThat(firebase.tokensGiven()).isEqualTo(2);
        assertThat(firebase.asked()).hasSize(7);
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
