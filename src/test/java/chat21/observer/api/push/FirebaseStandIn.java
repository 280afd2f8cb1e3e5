package chat21.observer.api.push;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import chat21.observer.testing.RsaKeys;

/**
 * Firebase's HTTP v1 API and its token endpoint on this machine: takes notes, and answers for some devices, told by how
 * their ids begin, as Firebase answers when it does not.
 */
public final class FirebaseStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair KEYS = RsaKeys.RIGHT;

    private final List<JsonNode> pushed = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final HttpServer server;

    public FirebaseStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/token", this::giveToken);
        server.createContext("/v1/projects/chat/messages:send", this::take);
        server.start();
    }

    /** What was brought to devices. */
    public List<JsonNode> pushed() {
        return pushed;
    }

    /** The devices for which it was called with an access token that it takes, once a call. */
    public List<String> asked() {
        return asked;
    }

    /** From now on no access token that it gave is good any more. */
    public void forgetTokens() {
        tokens.incrementAndGet();
        forgotten.incrementAndGet();
    }

    public int tokensGiven() {
        return tokens.get() - forgotten.get();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String privateKey() {
        return "-----BEGIN PRIVATE KEY-----\\n" + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                .replace("\r\n", "\\n") + "\\n-----END PRIVATE KEY-----\\n";
    }

    public FcmSettings settings() {
        return new FcmSettings(address(), address() + "/token", "chat", "chat@project.example", privateKey());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        answer(exchange, isSigned(form.substring(form.indexOf("assertion=") + 10)) ? 200 : 401,
                "{\"access_token\":\"token-" + tokens.incrementAndGet() + "\",\"expires_in\":3600}");
    }

    private boolean isSigned(String assertion) {
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            return jwt.verify(new RSASSAVerifier((RSAPublicKey) KEYS.getPublic()))
                    && jwt.getJWTClaimsSet().getIssuer().equals("chat@project.example");
        } catch (Exception e) {
            return false;
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.getRequestBody()).path("message");
        String device = message.path("token").asText();
        if (!exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer token-" + tokens.get())) {
            answer(exchange, 401, error("UNAUTHENTICATED", "", ""));
            return;
        }
        boolean first = !asked.contains(device);
        asked.add(device);
        switch (device.replaceAll("[^a-z].*", "")) {
            case "gone" -> answer(exchange, 404, error("NOT_FOUND", "UNREGISTERED", ""));
            case "stranger" -> answer(exchange, 403, error("PERMISSION_DENIED", "SENDER_ID_MISMATCH", ""));
            case "malformed" -> answer(exchange, 400, error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "message.token"));
            case "garbled" -> answer(exchange, 400, error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "")
                    .replace("it failed", "The registration token is not a valid FCM registration token"));
            case "large" -> answer(exchange, 400, error("INVALID_ARGUMENT", "INVALID_ARGUMENT", "message.data"));
            case "denied" -> answer(exchange, 403, error("PERMISSION_DENIED", "", ""));
            case "nowhere" -> answer(exchange, 404, error("NOT_FOUND", "", ""));
            case "certificate" -> answer(exchange, 401, error("UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR", ""));
            case "ill" -> answer(exchange, 500, "no");
            case "quota" -> atFirst(first, exchange, message, 429);
            case "busy" -> atFirst(first, exchange, message, 503);
            default -> take(exchange, message);
        }
    }

    private void take(HttpExchange exchange, JsonNode message) throws IOException {
        pushed.add(message);
        answer(exchange, 200, "{\"name\":\"x\"}");
    }

    private void atFirst(boolean first, HttpExchange exchange, JsonNode message, int status) throws IOException {
        if (first) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            answer(exchange, status, error("UNAVAILABLE", "UNAVAILABLE", ""));
        } else {
            take(exchange, message);
        }
    }

    private static String error(String status, String code, String violated) {
        return "{\"error\":{\"status\":\"" + status + "\",\"message\":\"it failed\",\"details\":["
                + (code.isEmpty() ? "" : "{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\""
                        + code + "\"}")
                + (violated.isEmpty() ? "" : ",{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":"
                        + "[{\"field\":\"" + violated + "\",\"description\":\"it is wrong\"}]}")
                + "]}}";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
