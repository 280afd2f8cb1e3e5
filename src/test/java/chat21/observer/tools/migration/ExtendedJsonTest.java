package chat21.observer.tools.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.message.Payloads;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.protocol.Refusal;

class ExtendedJsonTest {

    private final Payloads payloads = new Payloads(new PayloadLimits(10_000, 20, 1_000));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"$oid\":\"5f5e1000\"} | \"5f5e1000\"",
        "{\"$numberLong\":\"1600000000000\"} | 1600000000000",
        "{\"$numberInt\":\"150\"} | 150",
        "{\"$numberDouble\":\"1600000000000.0\"} | 1600000000000",
        "{\"$numberDouble\":\"0.5\"} | 0.5",
        "{\"$numberDouble\":\"NaN\"} | null",
        "1.6e+12 | 1600000000000",
        "1600000000000.0 | 1600000000000",
        "{\"$date\":\"2020-09-13T12:26:40Z\"} | 1600000000000",
        "{\"$date\":\"2020-09-13T12:26:40.000Z\"} | 1600000000000",
        "{\"$date\":\"2020-09-13T14:26:40.000+0200\"} | 1600000000000",
        "{\"$date\":{\"$numberLong\":\"1600000000000\"}} | 1600000000000",
        "{\"a\":[{\"$numberInt\":\"1\"}],\"$b\":2} | {\"a\":[1],\"$b\":2}",
    })
    void valuesOfMongoDbBecomeThoseThatClientsRead(String extended, String plain) {
        assertThat(converted(extended)).isEqualTo("{\"v\":" + plain + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$numberLong\":\"many\"}", "{\"$date\":\"yesterday\"}", "{\"$date\":{}}", "{\"$oid\":{}}",
        "{\"$numberDouble\":\"1,5\"}", "{\"$numberInt\":null}"})
    void aValueThatIsNotOfItsTypeIsRefusedByTheNameOfItsField(String extended) {
        assertThatThrownBy(() -> converted(extended)).isInstanceOf(Refusal.class).hasMessageStartingWith("v must be a ");
    }

    @Test
    void aNumberThatNoMachineHoldsIsRefused() {
        assertThatThrownBy(() -> converted("1e999999999")).isInstanceOf(Refusal.class).hasMessageContaining("out of range");
    }

    private String converted(String value) {
        byte[] json = ("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        return new String(payloads.write(ExtendedJson.plain(payloads.read(json))), StandardCharsets.UTF_8);
    }
}
