package chat21.observer.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;


class LocalRequestsTest {

    @Test
    void aPageThatTheOperatorHasNamedCountsAndAnyPageNever() {
        LocalRequests named = new LocalRequests(true, "127.0.0.1", List.of("http://localhost:8100"));

        assertThat(named.contain("127.0.0.1", "localhost:8004", "http://localhost:8100", false)).isTrue();
        assertThat(named.contain("127.0.0.1", "localhost:8004", "http://localhost:8200", false)).isFalse();
        assertThat(new LocalRequests(true, "127.0.0.1", List.of("*")).contain("127.0.0.1", "localhost:8004", "*", false))
                .isFalse();
        assertThat(new LocalRequests(false, "127.0.0.1", List.of("http://localhost:8100")).contain("127.0.0.1",
                "localhost:8004", "http://localhost:8100", false)).isFalse();
    }

    private final LocalRequests open = new LocalRequests(true, "127.0.0.1");

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8004", "LOCALHOST:8004", "127.0.0.1:8004", "[::1]:8004"})
    void aRequestOfThisMachineUnderALocalNameIsLocal(String host) {
        assertThat(open.contain("127.0.0.1", host, null, false)).isTrue();
        assertThat(open.contain("::1", host, "http://" + host, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.example:8004", "localhost.example:8004", "127.0.0.1.example", "evil-localhost",
        "localhost:8004@evil.example", "", "localhost:"})
    void anotherNameThatPointsHereIsNot(String host) {
        assertThat(open.contain("127.0.0.1", host, null, false)).isFalse();
    }

    @Test
    void aRequestWithoutAHostIsNot() {
        assertThat(open.contain("127.0.0.1", null, null, false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example", "http://localhost:9999", "https://localhost:8004", "null"})
    void aPageOfAnotherOriginIsNot(String origin) {
        assertThat(open.contain("127.0.0.1", "localhost:8004", origin, false)).isFalse();
    }

    @Test
    void anotherMachineAndAProxyAreNot() {
        assertThat(open.contain("192.0.2.7", "localhost:8004", null, false)).isFalse();
        assertThat(open.contain("127.0.0.1", "localhost:8004", null, true)).isFalse();
    }

    @Test
    void nobodyIsWhereTheKeyWasGivenOrOthersAreServed() {
        assertThat(new LocalRequests(false, "127.0.0.1").contain("127.0.0.1", "localhost", null, false)).isFalse();
        assertThat(new LocalRequests(true, "0.0.0.0").contain("127.0.0.1", "localhost", null, false)).isFalse();
    }
}
