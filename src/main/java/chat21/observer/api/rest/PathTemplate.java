package chat21.observer.api.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import chat21.observer.protocol.Ids;

/** A path such as {@code /api/{app}/groups/{group}}, and how to read the ids in it. */
final class PathTemplate {

    // A push service's own id and a secret: they never become part of a topic, and are longer than ours.
    private static final Map<String, Integer> MAX_OPAQUE = Map.of("instance", 512, "token", 4_096);

    private final String[] parts;

    PathTemplate(String template) {
        this.parts = template.split("/", -1);
    }

    /**
     * The ids in a path as it came: percent-decoded and checked, so that none can stand for two words of a topic.
     *
     * @throws RestError if the path has another shape
     * @throws chat21.observer.protocol.Refusal if an id breaks the rule
     */
    Map<String, String> ids(String path) {
        String[] words = path.split("/", -1);
        boolean slashed = words.length == parts.length + 1 && words[words.length - 1].isEmpty();
        if (words.length != parts.length && !slashed) {
            throw RestError.notFound("There is no such call.");
        }
        Map<String, String> ids = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{")) {
                String name = parts[i].substring(1, parts[i].length() - 1);
                String id = decoded(name, words[i]);
                ids.put(name, MAX_OPAQUE.containsKey(name) ? opaque(name, id) : Ids.check(name, id));
            } else if (!parts[i].equals(words[i])) {
                throw RestError.notFound("There is no such call.");
            }
        }
        return ids;
    }

    private static String opaque(String name, String id) {
        int most = MAX_OPAQUE.get(name);
        if (id.isEmpty() || id.length() > most || !id.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw RestError.bad(name + " must have 1 to " + most + " visible ASCII characters");
        }
        return id;
    }

    private static String decoded(String name, String word) {
        try {
            // A plus stands for itself in a path; broken UTF-8 turns into a character that no id may hold.
            return URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RestError.bad(name + " is not percent-encoded as it should be");
        }
    }
}
