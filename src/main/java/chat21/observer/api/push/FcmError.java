package chat21.observer.api.push;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Why Firebase does not take a note.
 *
 * @param status   that of the answer
 * @param code     Firebase's own, such as {@code UNREGISTERED}, or an empty text
 * @param message  in words
 * @param violated the fields that are wrong, where it names any
 */
record FcmError(int status, String code, String message, List<String> violated) {

    private static final Set<String> DEVICE_GONE = Set.of("UNREGISTERED", "SENDER_ID_MISMATCH");

    static FcmError of(HttpResponse<byte[]> answer) {
        JsonNode error;
        try {
            error = FcmPush.JSON.readTree(answer.body()).path("error");
        } catch (IOException e) {
            // An answer that says nothing does not say that the device is gone.
            error = FcmPush.JSON.createObjectNode();
        }
        String code = "";
        List<String> violated = new ArrayList<>();
        for (JsonNode detail : error.path("details")) {
            code = detail.path("errorCode").asText(code);
            detail.path("fieldViolations").forEach(violation -> violated.add(violation.path("field").asText()));
        }
        return new FcmError(answer.statusCode(), code, error.path("message").asText(), violated);
    }

    /** Whether the device is not reached again, whatever is sent there. */
    boolean isTheDevices() {
        return DEVICE_GONE.contains(code) || status == 400 && isTokenWrong();
    }

    // Firebase gives the same code to a note that is too large.
    private boolean isTokenWrong() {
        return violated.isEmpty() ? message.toLowerCase(Locale.ROOT).contains("registration token")
                : violated.contains("message.token");
    }
}
