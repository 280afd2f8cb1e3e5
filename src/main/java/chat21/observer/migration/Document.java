package chat21.observer.migration;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.topic.Ids;

/** One line of an export: a document of MongoDB, whose fields are checked as they are read. */
final class Document {

    private final ObjectNode json;
    private final Payloads payloads;
    private final String defaultApp;

    /** @param defaultApp the app of documents that name none, or null to refuse them */
    Document(ObjectNode json, Payloads payloads, String defaultApp) {
        this.json = json;
        this.payloads = payloads;
        this.defaultApp = defaultApp;
    }

    /** Its fields, to be changed by whoever stores them. */
    ObjectNode json() {
        return json;
    }

    String app(String field) {
        JsonNode app = json.path(field);
        return Ids.check(field, app.isMissingNode() || app.isNull() ? defaultApp : app.textValue());
    }

    String id(String field) {
        return Ids.check(field, json.path(field).textValue());
    }

    /** A text that may be missing. */
    String text(String field, int maxLength) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String text = value.textValue();
        // PostgreSQL stores no character zero.
        if (text == null || text.length() > maxLength || text.chars().anyMatch(Character::isISOControl)) {
            throw bad(field, "must be a text of at most " + maxLength + " characters, none of them a control character");
        }
        return text;
    }

    /** A text that must be there. */
    String required(String field, int maxLength) {
        String text = text(field, maxLength);
        if (text == null || text.isEmpty()) {
            throw bad(field, "must not be empty");
        }
        return text;
    }

    /** A time in ms since 1970. */
    long time(String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw bad(field, "must be a number of ms since 1970");
        }
        return value.longValue();
    }

    long time(String field, long otherwise) {
        return json.hasNonNull(field) ? time(field) : otherwise;
    }

    int number(String field, int otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw bad(field, "must be a whole number");
        }
        return value.intValue();
    }

    boolean flag(String field) {
        JsonNode value = json.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw bad(field, "must be true or false");
        }
        return value.booleanValue();
    }

    /** The ids that an object has as its names, or an array as its elements. */
    Set<String> ids(String field, int max) {
        JsonNode value = json.path(field);
        Set<String> ids = new LinkedHashSet<>();
        if (value.isArray()) {
            value.forEach(each -> ids.add(Ids.check(field, each.textValue())));
        } else if (value.isObject()) {
            value.fieldNames().forEachRemaining(each -> ids.add(Ids.check(field, each)));
        } else if (!value.isMissingNode() && !value.isNull()) {
            throw bad(field, "must be an object with an id as the name of each field");
        }
        if (ids.size() > max) {
            throw bad(field, "must hold at most " + max + " ids");
        }
        return ids;
    }

    /** An object as JSON, or null where there is none. */
    String object(String field, int maxBytes) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isObject()) {
            throw bad(field, "must be an object");
        }
        return bounded(field, value, maxBytes);
    }

    /** JSON that must not be longer than what is read back. */
    String bounded(String field, JsonNode tree, int maxBytes) {
        byte[] bytes = payloads.write(tree);
        if (bytes.length > maxBytes) {
            throw new Refusal(Reason.PAYLOAD_TOO_LARGE, field + " must have at most " + maxBytes + " bytes of JSON");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static Refusal bad(String field, String rule) {
        return new Refusal(Reason.BAD_FIELD, field + " " + rule);
    }
}
