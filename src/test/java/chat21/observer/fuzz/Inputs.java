package chat21.observer.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random and mutated topics, payloads and paths: the same seed makes the same ones. */
final class Inputs {

    private static final List<String> TEXTS = List.of("", "a", "\u0000", "\ud83d\ude3a", "\ud800", "\u202e", "\ufffd", "null",
            "'; drop table message; --", "group-1", "mallory", "ben", "\\", "\"", "${x}", "{{x}}", "%00", "..", "a.b", "a/b",
            "#", "*", "+", " ", "\n", "\u732b".repeat(70), "x".repeat(129), "x".repeat(5_000), "-1", "1e999");
    private static final List<String> NUMBERS = List.of("0", "-0", "-1", "200", "150", "1e999999999", "1e-999999999", "1e400",
            "9223372036854775807", "9223372036854775808", "0.1", "1750000000000", "99999999999999", "1e9999999999",
            "9".repeat(100), "9".repeat(101), "01", "+1", ".5", "NaN");
    private static final List<String> FIELDS = List.of("text", "type", "channel_type", "sender_fullname", "recipient_fullname",
            "attributes", "metadata", "timestamp", "group", "members", "status", "sender", "recipient", "app_id", "message_id",
            "client_message_id", "__history", "temp_x", "timelineOf", "is_new", "archived", "notify_to", "uid", "hiddenFor",
            "updateconversation", "projectId", "ipAddress", "connected", "disconnected", "group_name", "group_members",
            "member_id", "recipient_id", "sender_id", "group_id", "group_owner", "user_id", "data", "tags", "muted", "x");

    private final Random random;
    private final String app;

    Inputs(long seed, String app) {
        this.random = new Random(seed);
        this.app = app;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A routing key: most often one that the observer listens to, sometimes with an id that should not be there. */
    String routingKey() {
        String user = random.nextInt(6) == 0 ? id() : "mallory";
        String peer = random.nextInt(3) == 0 ? id() : oneOf(List.of("ben", "group-1", "group-x", "mallory"));
        String key = switch (random.nextInt(10)) {
            case 0 -> "apps." + app + ".users." + user + ".messages." + peer + "." + id() + ".update";
            case 1 -> "apps." + app + ".users." + user + ".conversations." + peer + ".update";
            case 2 -> "apps." + app + ".users." + user + ".conversations." + peer + ".archive";
            case 3 -> "apps." + app + ".users." + user + ".presence." + id();
            case 4 -> "apps.observer." + app + ".groups.update";
            case 5 -> "apps.observer." + app + ".users." + user + ".messages." + peer + ".delivered";
            case 6 -> "apps.observer." + app + ".users." + user + ".messages." + peer + ".persist";
            default -> "apps." + app + ".outgoing.users." + user + ".messages." + peer + ".outgoing";
        };
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 255 ? key : new String(bytes, 0, 250, StandardCharsets.UTF_8);
    }

    String id() {
        return random.nextInt(2) == 0 ? "id-" + random.nextInt(50) : oneOf(TEXTS);
    }

    /** A payload: JSON that resembles a message, then often spoiled. */
    byte[] payload() {
        return payload(Map.of());
    }

    /**
     * A payload that often has fields which are wanted.
     *
     * @param wanted by name, a value as JSON that would do
     */
    byte[] payload(Map<String, String> wanted) {
        StringBuilder json = new StringBuilder("{");
        // In an order that the seed alone decides.
        for (Map.Entry<String, String> each : new TreeMap<>(wanted).entrySet()) {
            if (random.nextInt(5) > 0) {
                json.append(json.length() == 1 ? "" : ",").append(string(each.getKey())).append(':')
                        .append(random.nextInt(4) > 0 ? each.getValue() : value(0));
            }
        }
        byte[] bytes = withFields(json, 0).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(3) == 0 ? mutated(bytes) : bytes;
    }

    /** Completes a JSON object, hardly ever spoiled. */
    private String withFields(StringBuilder json, int depth) {
        int fields = random.nextInt(8);
        for (int i = 0; i < fields; i++) {
            json.append(json.length() == 1 ? "" : ",").append(string(oneOf(FIELDS))).append(':').append(value(depth));
        }
        return json.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 8)) {
            case 0 -> oneOf(NUMBERS);
            case 1 -> oneOf(List.of("true", "false", "null"));
            case 2, 3, 4 -> string(oneOf(TEXTS));
            case 5 -> "[" + value(depth + 1) + "]";
            default -> random.nextInt(200) == 0 ? "[".repeat(10_000) : withFields(new StringBuilder("{"), depth + 1);
        };
    }

    private String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || Character.isSurrogate(c) && random.nextBoolean()) {
                json.append(String.format("\\u%04x", (int) c));
            } else if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private byte[] mutated(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(3)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed = java.util.Arrays.copyOf(changed, at);
                default -> {
                    byte[] longer = java.util.Arrays.copyOf(changed, changed.length + at);
                    System.arraycopy(changed, 0, longer, changed.length, at);
                    changed = longer;
                }
            }
        }
        return changed;
    }
}
