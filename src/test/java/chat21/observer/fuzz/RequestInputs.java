package chat21.observer.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Random requests to the REST API, as bytes on the wire. */
final class RequestInputs {

    private static final List<String> PATHS = List.of("/A/U/conversations", "/A/U/conversations/archived",
            "/A/U/conversations/I/messages", "/A/U/archived_conversations/I", "/A/messages", "/A/groups", "/A/groups/I",
            "/A/groups/I/members", "/A/groups/I/members/I", "/A/groups/I/attributes", "/A/U/instances/I", "/A/U/blocks/I",
            "/A/conversations/I", "/A/I/messages/timelines", "/A/notify", "/I/I/I", "/I");
    private static final List<String> TYPES = List.of("application/json", "application/json", "application/json",
            "application/json; charset=utf-16", "text/plain", "multipart/form-data; boundary=x", "");

    private final Inputs inputs;
    private final String app;
    private final List<String> tokens;

    /** @param tokens some that hold and some that do not */
    RequestInputs(Inputs inputs, String app, List<String> tokens) {
        this.inputs = inputs;
        this.app = app;
        this.tokens = tokens;
    }

    byte[] next() {
        StringBuilder path = new StringBuilder("/api");
        for (String word : inputs.oneOf(PATHS).substring(1).split("/")) {
            path.append('/').append(switch (word) {
                case "A" -> app;
                case "U" -> "mallory";
                case "I" -> inputs.upTo(4) == 0 ? inputs.oneOf(List.of("%00", "%", "%zz", "..", "%2F", "", "%ff"))
                        : URLEncoder.encode(inputs.id(), StandardCharsets.UTF_8);
                default -> word;
            });
        }
        if (inputs.upTo(4) == 0) {
            path.append("?pageSize=").append(inputs.upTo(3) - 1).append("&before=").append(URLEncoder.encode(inputs.id(),
                    StandardCharsets.UTF_8));
        }
        byte[] body = inputs.payload();
        String head = inputs.oneOf(List.of("GET", "POST", "PUT", "DELETE", "POST", "PATCH")) + " " + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + inputs.oneOf(tokens) + "\r\nContent-Type: "
                + inputs.oneOf(TYPES) + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
