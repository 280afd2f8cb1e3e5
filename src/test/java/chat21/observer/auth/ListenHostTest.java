package chat21.observer.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.StartFailure;

class ListenHostTest {

    private static final AuthSettings DEFAULT_KEY = new AuthSettings("tokenKey", "", "rabbitmq");
    private static final AuthSettings OWN_KEY = new AuthSettings("our own", "", "rabbitmq");
    private static final AuthSettings PUBLISHED = new AuthSettings("tokenKey", "https://id.example/keys", "rabbitmq");

    @Test
    void theDefaultKeyServesLoopbackOnly() {
        assertThat(ListenHost.of("", DEFAULT_KEY)).isEqualTo("127.0.0.1");
        assertThat(ListenHost.of("::1", DEFAULT_KEY)).isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void theDefaultKeyDoesNotServeOthers(String host) {
        assertThatThrownBy(() -> ListenHost.of(host, DEFAULT_KEY)).isInstanceOf(StartFailure.class)
                .hasMessageContaining("JWT_KEY").hasMessageContaining(host);
    }

    @Test
    void aKeyOfOnesOwnServesEverybody() {
        assertThat(ListenHost.of("", OWN_KEY)).isEqualTo("0.0.0.0");
        assertThat(ListenHost.of("192.0.2.1", OWN_KEY)).isEqualTo("192.0.2.1");
        assertThat(ListenHost.of("", PUBLISHED)).isEqualTo("0.0.0.0");
    }
}
