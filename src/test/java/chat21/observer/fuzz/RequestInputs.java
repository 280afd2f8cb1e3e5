package chat21.observer.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Random requests to the REST API, as bytes on the wire. */
final class RequestInputs {

    private static final List<String> CALLS = List.of("GET /A/U/conversations", "GET /A/U/conversations/archived",
            "GET /A/U/archived_conversations", "GET /A/U/conversations/I", "GET /A/U/archived_conversations/I",
            "GET /A/U/conversations/I/messages", "POST /A/messages", "POST /A/messages/sync", "DELETE /A/conversations/I",
            "POST /A/groups", "GET /A/groups/G", "PUT /A/groups/G", "POST /A/groups/G/members", "PUT /A/groups/G/members",
            "DELETE /A/groups/G/members/I", "PUT /A/groups/G/attributes", "POST /A/U/instances/I", "GET /A/U/blocks",
            "PUT /A/U/blocks/I", "DELETE /A/U/blocks/I", "GET /A/bans", "DELETE /A/bans/I", "POST /A/notify",
            "DELETE /A/G/messages/timelines", "GET /A/U/data", "GET /I/I/I", "GET /I");
    /** What a body needs to get far, and what would do. */
    private static final Map<String, Map<String, String>> WANTED = Map.of(
            "messages", Map.of("sender_fullname", "\"M\"", "recipient_id", "\"ben\"", "recipient_fullname", "\"B\"", "text",
                    "\"hello\""),
            "groups", Map.of("group_name", "\"G\"", "group_members", "{\"ben\":1}"),
            "members", Map.of("member_id", "\"ben\"", "members", "{\"ben\":1}"),
            "attributes", Map.of("attributes", "{\"a\":1}"),
            "notify", Map.of("recipient_id", "\"ben\"", "data", "{\"text\":\"hello\"}"));
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
        String[] call = inputs.oneOf(CALLS).split(" ");
        String method = inputs.upTo(8) == 0 ? inputs.oneOf(List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD")) : call[0];
        StringBuilder path = new StringBuilder("/api");
        for (String word : call[1].substring(1).split("/")) {
            path.append('/').append(switch (word) {
                case "A" -> app;
                case "U" -> "mallory";
                case "G" -> inputs.oneOf(List.of("group-1", "group-x"));
                case "I" -> inputs.upTo(4) == 0 ? inputs.oneOf(List.of("%00", "%", "%zz", "..", "%2F", "", "%ff"))
                        : URLEncoder.encode(inputs.id(), StandardCharsets.UTF_8);
                default -> word;
            });
        }
        if (inputs.upTo(4) == 0) {
            path.append("?pageSize=").append(inputs.upTo(3) - 1).append("&before=").append(URLEncoder.encode(inputs.id(),
                    StandardCharsets.UTF_8));
        }
        byte[] body = inputs.payload(WANTED.entrySet().stream().filter(e -> call[1].contains("/" + e.getKey()))
                .max(Comparator.comparingInt(e -> call[1].indexOf("/" + e.getKey()))).map(Map.Entry::getValue).orElse(Map.of()));
        String head = method + " " + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + inputs.oneOf(tokens) + "\r\nContent-Type: "
                + inputs.oneOf(TYPES) + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
