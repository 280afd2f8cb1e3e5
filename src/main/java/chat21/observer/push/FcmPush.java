package chat21.observer.push;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.address.WebAddress;
import chat21.observer.http.BoundedCall;
import chat21.observer.http.LimitedBody;

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
    public boolean push(Instance instance, PushNote note) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = BoundedCall.send(http, address.request()
                .setHeader("Authorization", "Bearer " + tokens.get()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(message(instance, note)))).build(),
                LimitedBody.of(MAX_BODY_BYTES), TIMEOUT);
        if (answer.statusCode() == 200) {
            return true;
        }
        if (isGone(answer)) {
            return false;
        }
        if (answer.statusCode() == 401) {
            tokens.forget();
        }
        throw new IOException("Firebase answers with status " + answer.statusCode());
    }

    private static boolean isGone(HttpResponse<byte[]> answer) {
        try {
            for (JsonNode detail : JSON.readTree(answer.body()).path("error").path("details")) {
                if (detail.path("errorCode").asText().equals("UNREGISTERED")) {
                    return true;
                }
            }
        } catch (IOException e) {
            // An answer that says nothing does not say that the device is gone.
        }
        return false;
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
