package chat21.observer.push;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
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

/** Firebase's HTTP v1 API and its token endpoint on this machine: takes notes, and says that some devices are gone. */
public final class FirebaseStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> pushed = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final KeyPair keys;
    private final HttpServer server;

    public FirebaseStandIn() {
        try {
            keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (NoSuchAlgorithmException | IOException e) {
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

    public int tokensGiven() {
        return tokens.get();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String privateKey() {
        return "-----BEGIN PRIVATE KEY-----\\n" + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
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
            return jwt.verify(new RSASSAVerifier((RSAPublicKey) keys.getPublic()))
                    && jwt.getJWTClaimsSet().getIssuer().equals("chat@project.example");
        } catch (Exception e) {
            return false;
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.getRequestBody()).path("message");
        String device = message.path("token").asText();
        if (!exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer token-" + tokens.get())) {
            answer(exchange, 401, "{}");
        } else if (device.startsWith("gone")) {
            answer(exchange, 404, "{\"error\":{\"status\":\"NOT_FOUND\",\"details\":[{\"errorCode\":\"UNREGISTERED\"}]}}");
        } else if (device.startsWith("ill")) {
            answer(exchange, 500, "no");
        } else {
            pushed.add(message);
            answer(exchange, 200, "{\"name\":\"x\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
