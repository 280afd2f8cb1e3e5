package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The description that the server serves of itself, held against what it answers. */
final class OpenApi {

    private final JsonNode document;

    OpenApi() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/openapi.json")) {
            document = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it describes, as {@code GET /path}. */
    List<String> calls() {
        List<String> calls = new ArrayList<>();
        document.path("paths").fields().forEachRemaining(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return calls;
    }

    /** Fails if the call is described and this is none of its answers; calls that are not described have none. */
    void check(String method, String path, int status, JsonNode body) {
        JsonNode operation = operation(method.toLowerCase(Locale.ROOT), path.split("\\?", 2)[0]);
        if (operation == null) {
            return;
        }
        JsonNode response = operation.path("responses").path(Integer.toString(status));
        assertThat(response.isObject()).as(method + " " + path + " may answer with " + status).isTrue();
        JsonNode schema = response.path("content").path("application/json").path("schema");
        if (schema.isObject()) {
            assertThat(body).as(method + " " + path + " answers with JSON").isNotNull();
            check(method + " " + path, schema, body);
        }
    }

    private void check(String what, JsonNode schemaOrReference, JsonNode value) {
        JsonNode schema = resolved(schemaOrReference);
        String type = schema.path("type").asText();
        boolean right = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual() || schema.path("nullable").asBoolean() && value.isNull();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber() || schema.path("nullable").asBoolean() && value.isNull();
            default -> true;
        };
        assertThat(right).as("%s: %s is of type %s", what, value, type).isTrue();
        schema.path("required").forEach(name -> assertThat(value.has(name.asText())).as("%s: %s has %s", what, value,
                name.asText()).isTrue());
        for (Iterator<Map.Entry<String, JsonNode>> i = schema.path("properties").fields(); i.hasNext();) {
            Map.Entry<String, JsonNode> property = i.next();
            if (value.has(property.getKey())) {
                check(what + " " + property.getKey(), property.getValue(), value.get(property.getKey()));
            }
        }
        if (type.equals("array")) {
            value.forEach(element -> check(what + " []", schema.path("items"), element));
        }
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    // Of several that fit, the one with the most words that are no parameters is meant.
    private JsonNode operation(String method, String path) {
        JsonNode best = null;
        int words = -1;
        for (Iterator<Map.Entry<String, JsonNode>> i = document.path("paths").fields(); i.hasNext();) {
            Map.Entry<String, JsonNode> entry = i.next();
            int fixed = fixedWords(entry.getKey(), path.replaceAll("(?<=.)/$", ""));
            if (fixed > words && entry.getValue().has(method)) {
                best = entry.getValue().get(method);
                words = fixed;
            }
        }
        return best;
    }

    private static int fixedWords(String template, String path) {
        String[] expected = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (expected.length != given.length) {
            return -1;
        }
        int fixed = 0;
        for (int i = 0; i < expected.length; i++) {
            if (expected[i].equals(given[i])) {
                fixed++;
            } else if (!expected[i].startsWith("{")) {
                return -1;
            }
        }
        return fixed;
    }
}
