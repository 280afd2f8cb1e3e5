package chat21.observer.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifierTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"sender\":\"alice\"}|true",
        "{\"sender\":\"alice\",\"attributes\":{\"sendnotification\":true}}|true",
        "{\"sender\":\"bob\"}|false",
        "{\"sender\":\"system\"}|false",
        "{\"sender\":\"alice\",\"__history\":\"true\"}|false",
        "{\"sender\":\"alice\",\"attributes\":{\"sendnotification\":false}}|false",
        "{\"sender\":\"alice\",\"attributes\":{\"sendnotification\":false,\"forcenotification\":true}}|true",
        "{\"sender\":\"alice\",\"attributes\":null}|true",
    })
    void notEachMessageIsWorthAPush(String message, boolean worth) throws Exception {
        assertThat(Notifier.isWorthTelling(new ObjectMapper().readTree(message), "bob")).isEqualTo(worth);
    }
}
