package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.RsaKeys;
import chat21.observer.testing.TestBroker;

/** What a caller of the REST API may try. */
class HostileRequestsIT extends Hostile {

    private static final TokenSigner SIGNER = new TokenSigner(TestBroker.JWT_KEY);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Patience.seconds(20)).build();

    @Override
    protected ObserverSettings configure(ObserverSettings usual) {
        return usual.set("chat21.rest.idle-timeout-ms", "REST_IDLE_TIMEOUT_MS", "12000");
    }

    @ParameterizedTest
    @CsvSource({"GET, /ben/conversations", "GET, /ben/conversations/archived", "GET, /ben/archived_conversations",
        "GET, /ben/conversations/anna", "GET, /ben/archived_conversations/anna", "GET, /ben/conversations/anna/messages",
        "POST, /ben/instances/device-1", "GET, /ben/blocks", "GET, /groups/group-private",
        "PUT, /groups/group-private/attributes", "PUT, /groups/group-private", "PUT, /groups/group-private/members",
        "POST, /groups/group-private/members", "DELETE, /groups/group-private/members/ben",
        "DELETE, /group-private/conversations/timelines", "DELETE, /group-private/messages/timelines"})
    void anotherUsersDataAndGroupsOneIsNotInAreDenied(String method, String path) throws Exception {
        if (database.rows("select 1 from chat_group where app_id = ? and group_id = 'group-private'", app).isEmpty()) {
            storeGroup("group-private", "anna", "ben");
        }
        HttpResponse<String> answer = call(method, "/api/" + app + path, SIGNER.user(app, "mallory"),
                "{\"group_name\":\"x\",\"members\":{\"mallory\":1},\"member_id\":\"mallory\",\"attributes\":{}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(call(method, "/api/" + app + path, SIGNER.user("other", "ben"), "{}").statusCode()).isEqualTo(401);
        assertThat(database.column("select member_id from group_member where app_id = ? order by member_id", app))
                .containsExactly("anna", "ben");
    }

    @Test
    void aTokenThatDoesNotHoldIsRefused() throws Exception {
        JWTClaimsSet good = new JWTClaimsSet.Builder().subject("mallory").claim("user_id", "mallory")
                .claim("app_id", app).audience("rabbitmq").expirationTime(new Date(System.currentTimeMillis() + 60_000))
                .build();
        byte[] key = TestBroker.JWT_KEY.getBytes(StandardCharsets.UTF_8);
        assertThat(status(hmac(good, key))).as("a good token").isEqualTo(200);

        var rsa = RsaKeys.STRANGE;
        SignedJWT signedRsa = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), good);
        signedRsa.sign(new RSASSASigner(rsa.getPrivate()));
        String[] parts = hmac(good, key).split("\\.");
        List<String> bad = List.of(
                new PlainJWT(good).serialize(),
                // the header says none, the signature is a good one's
                base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2],
                base64("{\"alg\":\"nOnE\"}") + "." + parts[1] + ".",
                base64("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}") + "." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + base64("{\"sub\":\"ben\"}") + "." + parts[2],
                signedRsa.serialize(),
                hmac(good, rsa.getPublic().getEncoded()),
                hmac(good, java.util.Arrays.copyOf("wrong".getBytes(StandardCharsets.UTF_8), 32)),
                hmac(new JWTClaimsSet.Builder(good).expirationTime(new Date(0)).build(), key),
                hmac(new JWTClaimsSet.Builder(good).expirationTime(null).build(), key),
                hmac(new JWTClaimsSet.Builder(good).audience("elsewhere").build(), key),
                hmac(new JWTClaimsSet.Builder(good).audience((String) null).build(), key),
                hmac(new JWTClaimsSet.Builder(good).subject(null).build(), key),
                hmac(new JWTClaimsSet.Builder(good).subject("a.b").build(), key),
                "x".repeat(20_000), "..", "a.b.c.d.e");
        for (String token : bad) {
            assertThat(status(token)).as(token.substring(0, Math.min(200, token.length()))).isIn(403, 431);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2F", "%00", "..", ".", "%2e%2e", "a%2Fb", "a%00b", "%ff", "%", "%zz", "a%20b", "%E2%80%AE", "*",
        "%23", "a+b", "%0d%0aSet-Cookie:x"})
    void anIdInAPathThatWouldBreakATopicIsRefused(String id) throws Exception {
        for (String path : List.of("/" + id + "/conversations", "/mallory/conversations/" + id + "/messages",
                "/groups/" + id)) {
            String head = raw("GET /api/" + app + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                    + SIGNER.user(app, "mallory") + "\r\nConnection: close\r\n\r\n");
            assertThat(head).as(path).matches("(?s)HTTP/1.1 40[0-4].*").doesNotContain("Set-Cookie", "Exception", "at ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/messages|{\"sender_fullname\":{},\"recipient_id\":\"ben\",\"recipient_fullname\":\"x\"}|sender_fullname",
        "/messages|{\"sender_fullname\":\"x\",\"recipient_id\":{},\"recipient_fullname\":\"x\"}|recipient_id",
        "/messages|{\"sender_fullname\":\"x\",\"recipient_id\":\"a.b\",\"recipient_fullname\":\"x\"}|recipient_id",
        "/messages|{\"sender_fullname\":\"x\",\"recipient_id\":\"ben\",\"recipient_fullname\":\"x\",\"type\":\"\\u0000\"}|type",
        "/messages|{\"sender_fullname\":\"x\",\"recipient_id\":\"ben\",\"recipient_fullname\":\"x\",\"attributes\":5}|attributes",
        "/messages|{\"sender_fullname\":\"x\",\"recipient_id\":\"ben\",\"recipient_fullname\":\"x\","
                + "\"client_message_id\":\"a\\u0000\"}|client_message_id",
        "/messages|{\"sender_fullname\":\"x\",\"recipient_id\":\"ben\",\"recipient_fullname\":\"x\",\"timestamp\":1e401}|number",
        "/groups|{\"group_name\":\"a\\u0000\",\"group_members\":{}}|group_name",
        "/groups|{\"group_name\":\"x\",\"group_members\":[\"a\"]}|group_members",
        "/groups|{\"group_name\":\"x\",\"group_members\":{},\"group_id\":\"group-a b\"}|group_id",
        "/groups|{\"group_name\":\"x\",\"group_members\":{},\"attributes\":5}|attributes",
        "/mallory/instances/d|{\"device_model\":\"a\\u0000\"}|device_model",
        "/mallory/instances/d|{\"platform\":{}}|platform",
        "/messages|{\"a\":1e9999999999}|number",
        "/messages|{\"a\":1,\"a\":2}|Duplicate"})
    void aWrongTypeInABodyIsNamedWithoutAStackTrace(String path, String body, String named) throws Exception {
        HttpResponse<String> answer = call("POST", "/api/" + app + path, SIGNER.user(app, "mallory"), body);

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 422);
        assertThat(answer.body()).contains(named).doesNotContain("Exception", "\tat ", "SQL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=x", "application/x-java-serialized-object", "application/json5", ""})
    void anotherContentTypeIsRefused(String type) throws Exception {
        String answer = raw("POST /api/" + app + "/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + SIGNER.user(app, "mallory") + "\r\nContent-Type: " + type + "\r\nContent-Length: 2\r\n"
                + "Connection: close\r\n\r\n{}");

        assertThat(answer).matches("(?s)HTTP/1.1 4(00|15).*").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({"GET,multipart/form-data; boundary=x,mallory/conversations,2,200", "GET,Multipart/Mixed,mallory/conversations,0,200",
        "GET,application/x-www-form-urlencoded,mallory/conversations,0,200", "DELETE,multipart/form-data,conversations/ben,2,415",
        "DELETE,application/x-www-form-urlencoded,conversations/ben,0,201", "PUT,multipart/form-data,mallory/blocks/eve,2,200"})
    void aFormIsNotDecodedWhateverTheMethod(String method, String type, String path, int length, int status) throws Exception {
        String answer = raw(method + " /api/" + app + "/" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + SIGNER.user(app, "mallory") + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\nConnection: close\r\n\r\n" + "-".repeat(length));

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherItsLengthIsSaidOrNot() throws Exception {
        String token = SIGNER.user(app, "mallory");
        String big = "{\"a\":\"" + "x".repeat(1_100_000) + "\"}";

        assertThat(call("POST", "/api/" + app + "/messages", token, big).statusCode()).isEqualTo(413);
        String chunked = raw("POST /api/" + app + "/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + token
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("10000\r\n" + "x".repeat(65_536) + "\r\n").repeat(20) + "0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413");
        assertNeighboursChat();
    }

    @Test
    void oversizedHeadersAndAWrongStartAreRefused() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: " + "x".repeat(100_000) + "\r\n\r\n"))
                .matches("(?s)HTTP/1.[01] 4(31|00|13).*");
        assertThat(raw("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).matches("(?s)HTTP/1.[01] 4(14|00|31).*");
        assertThat(raw("\0\1\2 nonsense\r\n\r\n")).matches("(?s)(HTTP/1.[01] 400.*)?");
        assertNeighboursChat();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Content-Length: 2\r\nContent-Length: 3", "Content-Length: -1", "Content-Length: 1e9", "Content-Length: +2"})
    void aRequestThatSaysItsLengthInTwoWaysOrInNoneIsRefused(String lengths) throws Exception {
        String smuggled = "GET /verify HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + SIGNER.user(app, "mallory") + "\r\n\r\n";
        String answers = raw("PUT /api/" + app + "/mallory/blocks/eve HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: " + SIGNER.user(app, "mallory") + "\r\n" + lengths + "\r\n\r\n0\r\n\r\n" + smuggled);

        assertThat(answers).startsWith("HTTP/1.1 400");
        assertThat(answers.split("HTTP/1.1 ", -1)).as(answers).hasSize(2);
    }

    @Test
    void aConnectionStaysPlainHttp() throws Exception {
        String upgrade = raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
        assertThat(upgrade).startsWith("HTTP/1.1 200").doesNotContain("101 Switching");

        assertThat(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotStartWith("\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483647", "1e-2147483647", "1E99999999999", "-1e2147483648"})
    void aNumberThatNoMachineHoldsIsRefused(String number) throws Exception {
        for (String body : List.of("{\"attributes\":{\"a\":" + number + "}}", "{\"timestamp\":" + number + "}")) {
            String whole = body.replaceFirst("\\{", "{\"sender_fullname\":\"M\",\"recipient_id\":\"ben\","
                    + "\"recipient_fullname\":\"B\",\"text\":\"x\",");
            HttpResponse<String> answer = call("POST", "/api/" + app + "/messages/sync", SIGNER.user(app, "mallory"), whole);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
        assertNeighboursChat();
    }

    @Test
    void whoHasNoTokenIsAnsweredBeforeItsBodyIsThere() throws Exception {
        for (String token : List.of("", "Authorization: nonsense\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.restPort())) {
                socket.setSoTimeout((int) Patience.seconds(30).toMillis());
                socket.getOutputStream().write(("POST /api/" + app + "/messages HTTP/1.1\r\nHost: localhost\r\n" + token
                        + "Content-Type: application/json\r\nContent-Length: 1040000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] start = socket.getInputStream().readNBytes(12);
                assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 403");
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        String one = "GET /verify HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String answers = raw(one.repeat(100) + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1.1 403", -1)).hasSize(101);
        assertThat(answers.indexOf("HTTP/1.1 200")).isGreaterThan(answers.lastIndexOf("HTTP/1.1 403"));
    }

    /** Each is one request to whoever reads a chunk's extension as RFC 9112 writes it, and two to a careless reader. */
    @ParameterizedTest
    @ValueSource(strings = {"2;a=\"\r\n{}\r\n0\r\n\r\n", "2;a=\"\\\"\r\n{}\r\n0\r\n\r\n", "2;\n{}\r\n0\r\n\r\n",
        "2;a\r{}\r\n{}\r\n0\r\n\r\n", "2;a\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "2 ;a\0\r\n{}\r\n0\r\n\r\n"})
    void noSecondRequestHidesInAChunksExtension(String body) throws Exception {
        String answers = raw("POST /api/" + app + "/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + SIGNER.user(app, "mallory")
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + body
                + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1.1 ", -1)).as(answers).hasSizeLessThanOrEqualTo(2);
        assertThat(answers).doesNotContain("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked, xchunked", "chunked, identity", "xchunked", "chunked\r\n , gzip"})
    void aBodyWhoseEndIsAmbiguousIsRefused(String encoding) throws Exception {
        String answers = raw("POST /api/" + app + "/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + SIGNER.user(app, "mallory")
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: " + encoding + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
                + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1.1 ", -1)).as(answers).hasSizeLessThanOrEqualTo(2);
        assertThat(answers).doesNotContain("HTTP/1.1 200");
    }

    @Test
    void manyRequestsThatNeverEndHoldUpNobody() throws Exception {
        List<Socket> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.restPort());
                hanging.add(socket);
                String begun = i % 2 == 0 ? "GET /verify HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                        : "POST /api/" + app + "/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Authorization: " + SIGNER.user(app, "mallory") + "\r\nContent-Length: 1000\r\n\r\n{";
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(call("GET", "/api/" + app + "/mallory/conversations", SIGNER.user(app, "mallory"), null)
                        .statusCode()).isEqualTo(200);
            }
            assertNeighboursChat();
            // They are not kept for ever either.
            await().pollInterval(Duration.ofSeconds(1))
                    .until(() -> hanging.stream().allMatch(HostileRequestsIT::isClosedByServer));
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    @Test
    void metricsHealthAndJolokiaAreNotOnTheApisPortAndJolokiaIsOff() throws Exception {
        for (String path : List.of("/observe/metrics", "/observe/health", "/observe/jolokia", "/jolokia", "/q/jolokia")) {
            assertThat(call("GET", path, SIGNER.admin(app, "back-end"), null).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(observer.management().get("metrics").status()).isEqualTo(200);
        assertThat(observer.management().get("jolokia").status()).isEqualTo(404);
        assertThat(observer.camel().resolvePropertyPlaceholders("{{camel.management.host}}")).isEqualTo("127.0.0.1");
    }

    private static boolean isClosedByServer(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String hmac(JWTClaimsSet claims, byte[] key) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private int status(String token) throws Exception {
        return call("GET", "/api/" + app + "/mallory/conversations", token, null).statusCode();
    }

    private HttpResponse<String> call(String method, String path, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.restPort() + path))
                .timeout(Patience.seconds(40)).header("Authorization", token).header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends bytes as they are, and returns what the server says until it closes, or a second after its last word. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.restPort())) {
            socket.setSoTimeout((int) Patience.seconds(3).toMillis());
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getInputStream().transferTo(answer);
            } catch (IOException e) {
                // The server hung up on a request that it did not want, or has no more to say.
                assertThat(e).isNotNull();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
