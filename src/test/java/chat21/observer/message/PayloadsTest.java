package chat21.observer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.protocol.PayloadLimits;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

class PayloadsTest {

    private final Payloads payloads = new Payloads(new PayloadLimits(262_144, 50, 20_000));

    static Stream<Arguments> badPayloads() {
        return Stream.of(
                Arguments.of("a number", utf8("5")),
                Arguments.of("a string", utf8("\"x\"")),
                Arguments.of("an array", utf8("[]")),
                Arguments.of("null", utf8("null")),
                Arguments.of("nothing", new byte[0]),
                Arguments.of("no payload", null),
                Arguments.of("white space", utf8("  ")),
                Arguments.of("broken JSON", utf8("{\"text\":\"a\"")),
                Arguments.of("single quotes", utf8("{'text':'a'}")),
                Arguments.of("not a number", utf8("{\"a\":NaN}")),
                Arguments.of("trailing tokens", utf8("{\"text\":\"a\"} {}")),
                Arguments.of("trailing garbage", utf8("{\"text\":\"a\"}x")),
                Arguments.of("duplicate keys", utf8("{\"text\":\"a\",\"text\":\"b\"}")),
                Arguments.of("duplicate keys deep inside", utf8("{\"a\":[{\"b\":1,\"b\":2}]}")),
                Arguments.of("10,000 levels of arrays", utf8("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")),
                Arguments.of("10,000 levels of objects",
                        utf8("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))),
                Arguments.of("very many keys", utf8(manyKeys(15_000))),
                Arguments.of("a number of 101 digits", utf8("{\"a\":" + "9".repeat(101) + "}")),
                Arguments.of("an exponent that is no int", utf8("{\"a\":1e9999999999}")),
                Arguments.of("a name of 1,001 characters", utf8("{\"" + "x".repeat(1_001) + "\":1}")),
                Arguments.of("UTF-16", "{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_16)),
                Arguments.of("UTF-16 without a mark", "{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_16LE)),
                Arguments.of("a byte order mark", utf8("\ufeff{}")),
                Arguments.of("Latin-1", "{\"text\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("an overlong zero", new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}),
                Arguments.of("half a pair in a text", utf8("{\"a\":\"\\ud800\"}")),
                Arguments.of("half a pair in upper case", utf8("{\"a\":\"x\\uDC00x\"}")),
                Arguments.of("half a pair in a name", utf8("{\"\\ud83d\":1}")),
                Arguments.of("half a pair deep inside", utf8("{\"a\":[{\"b\":\"\\ud83d \"}]}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPayloads")
    void aBadPayloadIsRefused(String what, byte[] payload) {
        assertThatThrownBy(() -> payloads.read(payload)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).as(what).isEqualTo(Reason.BAD_PAYLOAD);
            assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(400);
        });
    }

    @Test
    void aPayloadOverTheLimitIsRefusedUnread() {
        byte[] millionKeys = utf8(manyKeys(1_000_000));

        assertThatThrownBy(() -> payloads.read(millionKeys)).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PAYLOAD_TOO_LARGE));
    }

    @Test
    void aPayloadOfExactlyTheLimitIsRead() {
        String text = "x".repeat(262_144 - "{\"text\":\"\"}".length());

        assertThat(payloads.read(utf8("{\"text\":\"" + text + "\"}")).path("text").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"price\":1.50}", "{\"n\":123456789012345678901234567890}", "{\"n\":0.10000000000000000001}",
        "{\"unknown\":{\"deep\":[1,null,true,\"x\"]}}", "{\"z\":1,\"a\":2}", "{}", "{\"t\":\"\u732b\"}",
        "{\"t\":\"a\\u0000b\"}", "{\"t\":\"\\\\ud800\"}"})
    void whatIsReadIsWrittenAsItCame(String json) {
        assertThat(payloads.write(payloads.read(utf8(json)))).asString(StandardCharsets.UTF_8).isEqualTo(json);
    }

    @Test
    void whatIsStoredIsReadThoughItIsLargerThanWhatMayCome() {
        Payloads payloads = new Payloads(new PayloadLimits(1_024, 4, 100));
        ObjectNode stored = payloads.newObject().put("text", "x".repeat(70_000));
        stored.putObject("a").putObject("b").putObject("c").putObject("d").put("e", 1);

        assertThat(payloads.readStored(new String(payloads.write(stored), StandardCharsets.UTF_8))).isEqualTo(stored);
    }

    @Test
    void aPairWrittenAsEscapesIsWhole() {
        assertThat(payloads.read(utf8("{\"t\":\"\\ud83d\\ude3a\"}")).path("t").textValue()).isEqualTo("\ud83d\ude3a");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String manyKeys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }
}
