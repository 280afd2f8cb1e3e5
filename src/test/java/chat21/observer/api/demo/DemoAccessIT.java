package chat21.observer.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** Who gets what of the page, told by the bytes on the wire. */
class DemoAccessIT {

    private static final String LOCAL = "Host: localhost:8004\r\n";

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithAKeyThatWasMadeHere extends Running {

        WithAKeyThatWasMadeHere() {
            super("chat21.demo.enabled", "DEMO_PAGE", "true");
        }

        @Test
        void aBrowserGetsThePageAndAnybodyElseTheBanner() {
            assertThat(get("/", LOCAL + "Accept: text/html,*/*\r\n")).startsWith("HTTP/1.1 200")
                    .contains("<!DOCTYPE html>", "Content-Security-Policy: default-src 'none'");
            assertThat(get("/", LOCAL + "Accept: */*\r\n")).startsWith("HTTP/1.1 200").contains("Chat21 Http Server");
            assertThat(get("/", LOCAL)).contains("Chat21 Http Server");
        }

        @Test
        void thisMachineGetsATokenOfLeastScopes() {
            String answer = post("/demo/token?user=alice", LOCAL);

            assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"token\":\"");
            String claims = answer.replaceAll("(?s).*\"token\":\"[^.]+\\.([^.]+)\\..*", "$1");
            assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                    .contains("\"sub\":\"alice\"", "\"tiledesk_api_roles\":\"user\"",
                            "/apps.tilechat.outgoing.users.alice.messages.*.outgoing");
        }

        @Test
        void aRealClientSignsInLooksUpContactsAndOpensAWidget() {
            String signedIn = post("/demo/backend/auth/signin", LOCAL, "{\"email\":\"al.ice@example.org\",\"password\":\"x\"}");
            assertThat(signedIn).startsWith("HTTP/1.1 200").contains("\"success\":true", "\"_id\":\"al-ice\"");
            String authorization = LOCAL + "Authorization: " + signedIn.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1") + "\r\n";
            assertThat(authorization).contains("JWT eyJ");

            String custom = post("/demo/backend/chat21/native/auth/createCustomToken", authorization, "{}");
            assertThat(custom).startsWith("HTTP/1.1 200").contains("\"userid\":\"al-ice\"", "\"token\":\"eyJ");
            String token = custom.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
            assertThat(get("/api/tilechat/al-ice/conversations", LOCAL + "Authorization: " + token + "\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(post("/demo/backend/auth/signinWithCustomToken", authorization)).contains("\"_id\":\"al-ice\"");
            assertThat(get("/demo/backend/chat21/contacts", authorization)).startsWith("HTTP/1.1 200")
                    .contains("\"uid\":\"bob\"", "\"fullname\":\"Bob\"");
            assertThat(get("/demo/backend/users_util/bob", authorization)).contains("\"firstname\":\"Bob\"");

            assertThat(post("/demo/backend/auth/signinAnonymously", LOCAL, "{\"id_project\":\"p1\"}"))
                    .contains("\"token\":\"JWT eyJ", "\"_id\":\"visitor-");
            assertThat(get("/demo/backend/p1/widgets", LOCAL)).startsWith("HTTP/1.1 200")
                    .contains("\"departments\":[{", "\"user_available\":[{");
        }

        @Test
        void theStandInForABackEndRefusesWhatMakesNoSense() {
            assertThat(post("/demo/backend/auth/signin", LOCAL, "{\"email\":\"@\"}")).startsWith("HTTP/1.1 400");
            assertThat(post("/demo/backend/auth/signin", LOCAL, "{")).startsWith("HTTP/1.1 400");
            assertThat(post("/demo/backend/chat21/native/auth/createCustomToken", LOCAL)).startsWith("HTTP/1.1 403");
            assertThat(get("/demo/backend/chat21/contacts", LOCAL + "Authorization: JWT nonsense\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(get("/demo/backend/nothing", LOCAL)).startsWith("HTTP/1.1 404");
        }

        @ParameterizedTest
        @ValueSource(strings = {LOCAL + "Origin: https://chat.example\r\n", LOCAL + "X-Forwarded-For: 192.0.2.7\r\n"})
        void nobodyElseSignsIn(String headers) {
            String body = "{\"email\":\"alice\",\"password\":\"x\"}";
            assertThat(post("/demo/backend/auth/signin", headers, body)).startsWith("HTTP/1.1 403").doesNotContain("eyJ");
            assertThat(post("/demo/backend/auth/signinAnonymously", headers, "{}")).startsWith("HTTP/1.1 403");
            assertThat(post("/demo/backend/auth/signinAnonymously", headers)).startsWith("HTTP/1.1 403");
            assertThat(get("/demo/backend/users_util/bob", headers)).startsWith("HTTP/1.1 403");
        }

        @ParameterizedTest
        @ValueSource(strings = {LOCAL + "Origin: https://chat.example\r\n", LOCAL + "X-Forwarded-For: 192.0.2.7\r\n"})
        void nobodyElseGetsATokenOrSeesTheFlowOrWhoIsThere(String headers) {
            assertThat(post("/demo/token?user=alice", headers)).startsWith("HTTP/1.1 403").doesNotContain("eyJ");
            assertThat(get("/demo/flow", headers)).startsWith("HTTP/1.1 403").doesNotContain("commit-batch");
            assertThat(get("/demo/presence?users=alice", headers)).startsWith("HTTP/1.1 403");
            assertThat(get("/demo/config", headers)).contains("\"tokens\":false");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Host: chat.example\r\n", "Host: 127.0.0.1.chat.example:8004\r\n"})
        void whoCallsUnderAnotherNameGetsNothing(String host) {
            for (String path : List.of("/", "/demo/config", "/demo/flow", "/api/openapi.json", "/api/tilechat/bob/conversations")) {
                assertThat(get(path, host)).startsWith("HTTP/1.1 403").contains("REST_NAMES");
            }
            assertThat(post("/demo/token?user=alice", host)).startsWith("HTTP/1.1 403").doesNotContain("eyJ");
        }

        @Test
        void aPageOfAnotherSiteIsLentNothingOfTheApi() {
            String preflight = "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: authorization\r\n";

            assertThat(request("OPTIONS", "/api/tilechat/bob/conversations", LOCAL + "Origin: https://chat.example\r\n" + preflight))
                    .doesNotContainIgnoringCase("access-control-allow-origin");
            assertThat(get("/api/openapi.json", LOCAL + "Origin: https://chat.example\r\n"))
                    .doesNotContainIgnoringCase("access-control-allow-origin");
        }

        @Test
        void noOtherSiteMayReadWhatThePageAsksFor() {
            String asked = request("OPTIONS", "/demo/token?user=alice",
                    LOCAL + "Origin: https://chat.example\r\nAccess-Control-Request-Method: POST\r\n");

            assertThat(asked).doesNotContainIgnoringCase("access-control");
            assertThat(get("/demo/config", LOCAL + "Origin: https://chat.example\r\n"))
                    .doesNotContainIgnoringCase("access-control");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a.b", "a%2Fb", "%23", "", "a%20b"})
        void noTokenIsMadeForWhatIsNoId(String user) {
            assertThat(post("/demo/token?user=" + user, LOCAL)).startsWith("HTTP/1.1 400");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/demo/../application.properties", "/demo/%2e%2e/openapi.json", "/demo/..%2fopenapi.json",
            "/demo/vendor/../../logback.xml", "/demo//etc/passwd", "/demo/nothing.js", "/demo/", "/demo/style.css/x"})
        void noOtherFileIsServed(String path) {
            assertThat(get(path, LOCAL)).startsWith("HTTP/1.1 404");
        }

        @Test
        void everyFileOfThePageIsServed() {
            for (String name : DemoFiles.names()) {
                assertThat(get("/demo/" + name, LOCAL)).startsWith("HTTP/1.1 200")
                        .contains("Content-Type: " + DemoFiles.type(name));
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithAKeyOfItsOwn extends Running {

        private static final String KEY = "a-key-of-its-own, of 32 bytes or more";

        WithAKeyOfItsOwn() {
            super("chat21.jwt-key", "JWT_KEY", KEY);
        }

        @Test
        void thePageIsThereButNobodyGetsAToken() {
            assertThat(get("/", LOCAL + "Accept: text/html\r\n")).contains("<!DOCTYPE html>");
            assertThat(get("/demo/config", LOCAL)).contains("\"tokens\":false");
            assertThat(post("/demo/token?user=alice", LOCAL)).startsWith("HTTP/1.1 403").doesNotContain("eyJ");
            assertThat(post("/demo/backend/auth/signin", LOCAL, "{\"email\":\"alice\"}")).startsWith("HTTP/1.1 403")
                    .doesNotContain("eyJ");
            assertThat(post("/demo/backend/auth/signinAnonymously", LOCAL)).startsWith("HTTP/1.1 403");
        }

        @Test
        void theFlowIsForBearersOfATokenOfTheApp() {
            assertThat(get("/demo/flow", LOCAL)).startsWith("HTTP/1.1 403");
            assertThat(get("/demo/flow", authorization(TestBroker.JWT_KEY, "tilechat"))).startsWith("HTTP/1.1 403");
            assertThat(get("/demo/flow", authorization(KEY, "shop"))).startsWith("HTTP/1.1 403");
            assertThat(get("/demo/flow", authorization(KEY, "tilechat"))).startsWith("HTTP/1.1 200")
                    .contains("\"id\":\"commit-batch\"", "\"id\":\"to-store-batch\"", "\"id\":\"consume-messages\"").doesNotContain("list-messages");
        }

        private String authorization(String key, String app) {
            return LOCAL + "Authorization: " + new TokenSigner(key).user(app, "alice") + "\r\n";
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class SwitchedOff extends Running {

        SwitchedOff() {
            super("chat21.demo.enabled", "DEMO_PAGE", "false");
        }

        @Test
        void nothingOfItIsThere() {
            assertThat(get("/", LOCAL + "Accept: text/html\r\n")).contains("Chat21 Http Server");
            assertThat(get("/demo/app.js", LOCAL)).startsWith("HTTP/1.1 404");
            assertThat(get("/demo/flow", LOCAL)).startsWith("HTTP/1.1 404");
            assertThat(post("/demo/token?user=alice", LOCAL)).startsWith("HTTP/1.1 404");
            assertThat(post("/demo/backend/auth/signinAnonymously", LOCAL)).startsWith("HTTP/1.1 404");
        }
    }

    /** An observer with one setting of its own, asked over a plain socket, since a client would mend what is sent. */
    abstract static class Running {

        private final ObserverSettings settings;
        private TestObserver observer;

        Running(String property, String variable, String value) {
            settings = ObserverSettings.at(TestBroker.shared()).set(property, variable, value)
                    .set("chat21.rest.host", "REST_HOST", "127.0.0.1");
        }

        @BeforeAll
        void startObserver() {
            observer = settings.startHere();
        }

        @AfterAll
        void stopObserver() {
            observer.close();
        }

        String get(String path, String headers) {
            return request("GET", path, headers);
        }

        String post(String path, String headers) {
            return request("POST", path, headers + "Content-Length: 0\r\n");
        }

        String post(String path, String headers, String body) {
            return request("POST", path, headers + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n",
                    body);
        }

        String request(String method, String path, String headers) {
            return request(method, path, headers, "");
        }

        private String request(String method, String path, String headers, String body) {
            try (Socket socket = new Socket("127.0.0.1", settings.restPort())) {
                socket.setSoTimeout((int) Patience.seconds(30).toMillis());
                socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\n" + headers
                        + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
