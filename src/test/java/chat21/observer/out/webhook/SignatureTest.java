package chat21.observer.out.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final byte[] BODY = "{\"event_type\":\"presence-change\",\"user_id\":\"zoë\"}".getBytes(UTF_8);

    private final String signature = new Signature("s3cret").of("1700000000000", BODY);

    @Test
    void itIsTheHmacOfTimestampAndBody() {
        // printf '%s' 1700000000000.{} | openssl dgst -sha256 -hmac s3cret
        assertThat(new Signature("s3cret").of("1700000000000", "{}".getBytes(UTF_8)))
                .isEqualTo("sha256=e8eb128e84214464aec85474d15f930c60fb75e2076edab5c557f8f406ab4899");
    }

    @Test
    void theDocumentedJavaChecksIt() throws Exception {
        assertThat(isOurs("s3cret", "1700000000000", BODY, signature)).isTrue();
        assertThat(isOurs("other", "1700000000000", BODY, signature)).isFalse();
        assertThat(isOurs("s3cret", "1700000000001", BODY, signature)).isFalse();
        assertThat(Files.readString(Path.of("docs/webhooks.md"))).contains(documented());
    }

    @Test
    void theDocumentedJavaScriptChecksIt() throws Exception {
        assumeThat(isThere("node")).as("node is installed").isTrue();
        Matcher snippet = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/webhooks.md")));
        assertThat(snippet.find()).isTrue();
        String script = snippet.group(1) + "console.log(['s3cret', 'other'].map((secret) => isOurs(secret, '"
                + "1700000000000', Buffer.from('" + HexFormat.of().formatHex(BODY) + "', 'hex'), '" + signature
                + "')), isOurs('s3cret', '1', Buffer.from(''), 'short'), isOurs('s3cret', '1', Buffer.from('')))";

        Process node = new ProcessBuilder("node", "-e", script).redirectErrorStream(true).start();
        assertThat(new String(node.getInputStream().readAllBytes(), UTF_8).strip())
                .isEqualTo("[ true, false ] false false");
    }

    // What stands in docs/webhooks.md, line by line.
    static boolean isOurs(String secret, String timestamp, byte[] body, String signature) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        mac.update((timestamp + ".").getBytes(UTF_8));
        String expected = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        return MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8));
    }

    private static String documented() throws IOException {
        String source = Files.readString(Path.of("src/test/java/chat21/observer/out/webhook/SignatureTest.java"));
        int start = source.indexOf("        Mac mac =");
        return source.substring(start, source.indexOf("    }", start)).replaceAll("(?m)^ {8}", "    ");
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
