package chat21.observer.api.push;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.http.BoundedCall;
import chat21.observer.http.LimitedBody;
import chat21.observer.settings.address.WebAddress;

/** Brings notes to devices through Firebase Cloud Messaging, HTTP v1. */
public final class FcmPush implements PushService {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BODY_BYTES = 65_536;
    private static final String CLICK_ACTION = "NEW_MESSAGE";
    // A picture takes four bytes then, as it is counted, and not the twelve of two escapes.
    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build()).build();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final WebAddress address;
    private final FcmTokens tokens;

    /** @throws IllegalArgumentException if the private key cannot be read */
    public FcmPush(FcmSettings settings) {
        this.address = WebAddress.of(settings.api()).beneath("v1", "projects", settings.project(), "messages:send");
        this.tokens = new FcmTokens(settings, http, TIMEOUT);
    }

    @Override
    public boolean push(Instance instance, PushNote note) throws PushFailure, InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = send(JSON.writeValueAsBytes(message(instance, note)));
        } catch (PushFailure e) {
            throw e;
        } catch (IOException e) {
            throw PushFailure.noAnswer(e);
        }
        if (answer.statusCode() == 200) {
            return true;
        }
        if (FcmError.of(answer).isTheDevices()) {
            return false;
        }
        throw PushFailure.answered("Firebase does not take it", answer);
    }

    // Firebase may no longer take an access token before it ends: then with another one, once.
    private HttpResponse<byte[]> send(byte[] body) throws IOException, InterruptedException {
        String token = tokens.get();
        HttpResponse<byte[]> answer = send(body, token);
        if (answer.statusCode() != 401 || !tokens.replaces(token)) {
            return answer;
        }
        HttpResponse<byte[]> second = send(body, tokens.get());
        if (second.statusCode() == 401) {
            tokens.wereNotTheCause();
        }
        return second;
    }

    private HttpResponse<byte[]> send(byte[] body, String token) throws IOException, InterruptedException {
        return BoundedCall.send(http, address.request().setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                LimitedBody.of(MAX_BODY_BYTES), TIMEOUT);
    }

    private static ObjectNode message(Instance instance, PushNote note) {
        ObjectNode all = JSON.createObjectNode();
        ObjectNode message = all.putObject("message").put("token", instance.id());
        message.putObject("notification").put("title", note.title()).put("body", note.body());
        ObjectNode data = message.putObject("data");
        note.data().forEach(data::put);
        String platform = instance.platform() == null ? "" : instance.platform();
        if (platform.equals("ionic") || platform.contains("web/")) {
            message.putObject("webpush").putObject("headers").put("Urgency", "high");
        } else if (platform.equals("android")) {
            message.putObject("android").put("priority", "normal").putObject("notification")
                    .put("click_action", CLICK_ACTION);
        } else if (platform.equals("ios")) {
            ObjectNode apns = message.putObject("apns");
            apns.putObject("headers").put("apns-priority", "5");
            apns.putObject("payload").putObject("aps").put("category", CLICK_ACTION);
        }
        return all;
    }
}
