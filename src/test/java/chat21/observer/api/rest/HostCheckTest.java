package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {

    private final HostCheck check = new HostCheck("127.0.0.2", List.of("Chat.example"));

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8004", "127.0.0.1:8004", "[::1]:8004", "127.0.0.2:8004", "chat.example",
        "CHAT.example:443"})
    void aNameOfThisMachineOrOneThatTheSettingsNameIsOurs(String authority) {
        assertThat(check.isOurs(authority)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8004", "localhost.evil.example", "127.0.0.1.evil.example", "",
        "chat.example.evil.example", "localhost:8004@evil.example", "evil-localhost:8004"})
    void anotherNameThatWasMadeToPointHereIsNot(String authority) {
        assertThat(check.isOurs(authority)).isFalse();
    }
}
