package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.rest.TestApi.Reply;
import chat21.observer.api.token.TokenSigner;
import chat21.observer.protocol.Scopes;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.TestBroker;

class AccessIT {

    private static final String PATH = "/api/tilechat/alice/conversations";

    private static final String NONE = "none";

    @RegisterExtension
    private static TestApi api = TestApi.ofClass();

    @ParameterizedTest
    @ValueSource(strings = {"", "JWT ", "Bearer ", "bearer "})
    void theTokenMayFollowAScheme(String scheme) {
        assertThat(api.get(PATH, scheme + TestApi.user("alice")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "JWT", "token"})
    void theTokenMayBeAParameter(String name) {
        assertThat(api.get(PATH + "?" + name + "=" + TestApi.user("alice"), null).status()).isEqualTo(200);
    }

    @Test
    void headersAndParametersDoNotStandForIdsOfThePath() {
        Reply reply = api.send(api.request("/api/tilechat/bob/conversations?user=alice&app=tilechat")
                .header("user", "alice").header("Authorization", TestApi.user("alice")));

        assertThat(reply.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tilechat/../tilechat/bob/conversations", "/api//tilechat/alice/conversations",
        "/api/tilechat/bob/../alice/conversations", "/api/tilechat/./alice/conversations"})
    void aPathThatOnlyLooksLikeAnotherIsNone(String path) {
        assertThat(api.get(path, TestApi.user("alice")).status()).isIn(400, 404);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        List<String> tokens = List.of("x", "Bearer ", "Bearer x.y.z", new TokenSigner("other").user("tilechat", "alice"),
                TestApi.SIGNER.sign("tilechat", "alice", TokenSigner.Role.USER, List.of(), Duration.ofSeconds(-5)));
        for (String token : tokens) {
            Reply reply = api.get(PATH, token);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text()).isEqualTo("{\"success\":false,\"msg\":\"Unauthorized.\"}");
        }
    }

    /** A token that differs from a usual one in its header and claims, and whether it holds. */
    static Stream<Arguments> tokens() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                token("usual", true, Map.of(), Map.of()),
                token("the key by its id", true, Map.of("kid", "tiledesk-key"), Map.of()),
                token("another key's id", false, Map.of("kid", "other"), Map.of()),
                token("type at+jwt", true, Map.of("typ", "at+jwt"), Map.of()),
                token("another type", true, Map.of("typ", "odd"), Map.of()),
                token("expiry as a text", true, Map.of(), Map.of("exp", Long.toString(now + 600))),
                token("expiry with decimals", true, Map.of(), Map.of("exp", now + 600.5)),
                token("expired", false, Map.of(), Map.of("exp", now - 2)),
                token("expired long ago", false, Map.of(), Map.of("exp", 0)),
                token("issued by a clock ahead", true, Map.of(), Map.of("nbf", now + 5, "iat", now + 5)),
                token("issued as a text", true, Map.of(), Map.of("iat", "now")),
                token("valid from as a text", true, Map.of(), Map.of("nbf", "now")),
                token("a number as id and issuer", true, Map.of(), Map.of("jti", 5, "iss", 5)),
                token("audience as a text", true, Map.of(), Map.of("aud", "rabbitmq")),
                token("two audiences as a text", true, Map.of(), Map.of("aud", "other rabbitmq")),
                token("two audiences", true, Map.of(), Map.of("aud", List.of("other", "rabbitmq"))),
                token("another audience", false, Map.of(), Map.of("aud", "other")),
                token("no audience in a list", false, Map.of(), Map.of("aud", List.of())),
                token("no audience", false, Map.of(), Map.of("aud", NONE)),
                token("an empty audience", false, Map.of(), Map.of("aud", "")));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void theBrokerAndTheApiJudgeATokenAlike(String what, boolean holds, String token) {
        assertThat(isLetInByBroker(token)).as("the broker: " + what).isEqualTo(holds);
        assertThat(api.get(PATH, token).status()).as("the api: " + what).isEqualTo(holds ? 200 : 403);
    }

    @Test
    void aTokenWithoutExpiryIsLetInByTheBrokerAndByTheApiWhereThatIsAsked() {
        String token = (String) token("no expiry", true, Map.of(), Map.of("exp", NONE)).get()[2];

        assertThat(isLetInByBroker(token)).isTrue();
        assertThat(api.get(PATH, token).status()).isEqualTo(403);
        try (TestApi lax = TestApi.with(Map.of("chat21.jwt-require-expiry", "false"))) {
            assertThat(lax.get(PATH, token).status()).isEqualTo(200);
        }
    }

    private static boolean isLetInByBroker(String token) {
        try (ChatClient client = ChatClient.of("alice").token(token).quiet().connect(TestBroker.shared())) {
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static Arguments token(String what, boolean holds, Map<String, Object> header, Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(Map.of("sub", "alice", "app_id", "tilechat", "aud", List.of("rabbitmq"),
                "scope", Scopes.least("tilechat", "alice"), "exp", Instant.now().getEpochSecond() + 600));
        all.putAll(claims);
        all.values().removeIf(NONE::equals);
        Map<String, Object> head = new HashMap<>(Map.of("alg", "HS256", "typ", "JWT"));
        head.putAll(header);
        try {
            JWSObject token = new JWSObject(JWSHeader.parse(head), new Payload(all));
            token.sign(new MACSigner(TestBroker.JWT_KEY.getBytes(StandardCharsets.UTF_8)));
            return Arguments.of(what, holds, token.serialize());
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theBannerNeedsNoToken() {
        Reply reply = api.get("/", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("Chat21 Http Server");
    }

    @Test
    void theDescriptionOfTheApiNeedsNoToken() {
        Reply reply = api.get("/api/openapi.json", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("openapi").asText()).startsWith("3.");
    }

    @Test
    void theTokenIsShownToItsBearer() {
        Reply reply = api.get("/verify", TestApi.user("alice"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("sub").asText()).isEqualTo("alice");
        assertThat(reply.json().path("app_id").asText()).isEqualTo("tilechat");
        assertThat(reply.json().path("exp").isNumber()).isTrue();
        assertThat(api.get("/verify", null).status()).isEqualTo(403);
    }

    @Test
    void theVersionIsShown() {
        assertThat(api.get("/api/tilechat/getInfo", TestApi.user("alice")).json().path("v").asText()).isNotEmpty();
        assertThat(api.get("/api/tilechat/getInfo", null).status()).isEqualTo(403);
        assertThat(api.get("/api/shop/getInfo", TestApi.user("alice")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api", "/api/tilechat", "/observe/health", "/observe/metrics", "/jolokia", "/q/health"})
    void whatIsNoCallIsNotFound(String path) {
        Reply reply = api.get(path, TestApi.user("alice"));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("success").asBoolean(true)).isFalse();
    }

    @Test
    void pagesOfAnyOriginMayCall() {
        Reply preflight = api.send(api.request(PATH).method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://chat.example").header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization"));
        assertThat(preflight.status()).isBetween(200, 204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://chat.example");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse("").toLowerCase())
                .contains("authorization");

        Reply refused = api.send(api.request(PATH).header("Origin", "https://chat.example"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://chat.example");
    }

    @Test
    void aPreflightIsKeptByTheBrowserAndLendsNoCredentials() {
        Reply preflight = api.send(api.request(PATH).method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://chat.example").header("Access-Control-Request-Method", "PUT"));

        assertThat(preflight.headers().firstValue("Access-Control-Max-Age")).hasValue("7200");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse("")).contains("PUT", "HEAD");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/verify", PATH, "/api/tilechat/nobody/conversations", "/nothing", "/api/openapi.json"})
    void headIsAnsweredAsGetWithoutABody(String path) {
        Reply get = api.send(api.request(path).header("Authorization", TestApi.user("alice")));
        Reply head = api.send(api.request(path).method("HEAD", BodyPublishers.noBody())
                .header("Authorization", TestApi.user("alice")));

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.text()).isEmpty();
        for (String header : List.of("Content-Type", "Content-Length", "Cache-Control")) {
            assertThat(head.headers().firstValue(header)).as(header).isPresent().isEqualTo(get.headers().firstValue(header));
        }
    }

    @Test
    void nobodyOnTheWayKeepsAnAnswer() {
        for (String path : List.of(PATH, "/verify", "/nothing", "/api/tilechat/bob/conversations")) {
            assertThat(api.get(path, TestApi.user("alice")).headers().firstValue("Cache-Control")).as(path)
                    .hasValue("no-store");
        }
        assertThat(api.get(PATH, null).headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void aPackedBodyIsRead() throws Exception {
        byte[] json = "{\"platform\":\"web\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(packed("gzip", gzip(json)).status()).isEqualTo(200);
        assertThat(packed("GZIP", gzip(json)).status()).isEqualTo(200);
        assertThat(packed("x-gzip", gzip(json)).status()).isEqualTo(200);
        assertThat(packed("deflate", deflate(json)).status()).isEqualTo(200);
        assertThat(packed("identity", json).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatUnpacksToTooMuchIsRefused() throws Exception {
        byte[] bomb = gzip(("{\"platform\":\"" + "x".repeat(8_000_000) + "\"}").getBytes(StandardCharsets.UTF_8));

        assertThat(packed("gzip", bomb).status()).isEqualTo(413);
    }

    @Test
    void aPackingThatIsNotKnownOrNotTrueIsNamed() throws Exception {
        Reply unknown = packed("br", new byte[] {1, 2, 3});
        assertThat(unknown.status()).isEqualTo(415);
        assertThat(unknown.json().path("err").asText()).contains("Content-Encoding");

        Reply broken = packed("gzip", "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().path("err").asText()).contains("gzip");
    }

    private static Reply packed(String encoding, byte[] body) {
        return api.send(api.request("/api/tilechat/alice/instances/packed").header("Authorization", TestApi.user("alice"))
                .header("Content-Type", "application/json").header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
