package chat21.observer.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePolicyTest {

    @ParameterizedTest
    @CsvSource({"localhost:8004, localhost", "chat.example, chat.example", "[::1]:8004, [::1]",
        "a; script-src *, localhost", "'a b', localhost", ", localhost"})
    void theBrokerIsWhereThePageIsAndNoHostNameChangesThePolicy(String host, String broker) {
        assertThat(new PagePolicy(15675).contentSecurity(host)).isEqualTo("default-src 'none'; script-src 'self'; "
                + "style-src 'self'; img-src 'self'; connect-src 'self' ws://" + broker + ":15675 wss://" + broker
                + ":15675; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }
}
