package chat21.observer.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.StartFailure;
import chat21.observer.rest.TestApi.Reply;
import chat21.observer.token.TokenSigner;

class AccessIT {

    private static final String PATH = "/api/tilechat/alice/conversations";

    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

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
}
