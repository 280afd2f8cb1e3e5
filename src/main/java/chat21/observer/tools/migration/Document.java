package chat21.observer.tools.migration;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Given;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** One line of an export: a document of MongoDB, whose fields are checked as they are read. */
final class Document {

    private final ObjectNode json;
    private final Payloads payloads;
    private final String defaultApp;
    private final List<String> leftOut = new ArrayList<>(0);

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

    /** What is taken without, in words for a report. */
    List<String> leftOut() {
        return leftOut;
    }

    String app(String field) {
        return isAbsent(field) ? Ids.check(field, defaultApp) : id(field);
    }

    /** An id that may be missing. */
    String optionalId(String field) {
        return isAbsent(field) ? null : id(field);
    }

    private boolean isAbsent(String field) {
        return Given.isAbsent(json.path(field));
    }

    String id(String field) {
        return Ids.check(field, Given.text(json, field));
    }

    /** A text that may be missing. */
    String text(String field, int maxLength) {
        if (isAbsent(field)) {
            return null;
        }
        String text = Given.isText(json.path(field)) ? json.path(field).asText() : null;
        // PostgreSQL stores no character zero.
        if (text == null || text.length() > maxLength || text.indexOf('\0') >= 0) {
            throw bad(field, "must be a text of at most " + maxLength + " characters, none of them zero");
        }
        return text;
    }

    /** A name that may be missing, but shows something. */
    String name(String field, int maxLength) {
        String name = text(field, maxLength);
        if (name != null && Given.isBlank(name)) {
            throw bad(field, "must not be of blanks alone");
        }
        return name;
    }

    /** A text that must be there. */
    String required(String field, int maxLength) {
        String text = text(field, maxLength);
        if (text == null) {
            throw bad(field, "must not be empty");
        }
        return text;
    }

    /** A time in ms since 1970. */
    long time(String field) {
        Long time = Given.wholeNumber(json.path(field));
        if (time == null) {
            throw bad(field, "must be a number of ms since 1970");
        }
        return time;
    }

    /** A time that orders a history: a database writes it as a number or a date; as a text it was none there either. */
    long timeOfMessage(String field) {
        if (json.path(field).isTextual()) {
            throw bad(field, "must be a number of ms since 1970");
        }
        return time(field);
    }

    long time(String field, long otherwise) {
        return isAbsent(field) ? otherwise : time(field);
    }

    int number(String field, int otherwise) {
        JsonNode value = json.path(field);
        if (isAbsent(field)) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw bad(field, "must be a whole number");
        }
        return value.intValue();
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(Given.flag(json, field));
    }

    /** The ids that an object has as its names, or an array as its elements; what is no id is left out. */
    Set<String> ids(String field, int max) {
        JsonNode value = json.path(field);
        Set<String> ids = new LinkedHashSet<>();
        if (value.isArray()) {
            value.forEach(each -> addId(ids, field, each.textValue()));
        } else if (value.isObject()) {
            value.fieldNames().forEachRemaining(each -> addId(ids, field, each));
        } else if (!isAbsent(field)) {
            throw bad(field, "must be an object with an id as the name of each field");
        }
        if (ids.size() > max) {
            throw bad(field, "must hold at most " + max + " ids");
        }
        return ids;
    }

    private void addId(Set<String> ids, String field, String id) {
        try {
            ids.add(Ids.check(field, id));
        } catch (Refusal e) {
            leftOut.add("one of " + e.getMessage());
        }
    }

    /** An object as JSON, or null where there is none. */
    String object(String field, int maxBytes) {
        JsonNode value = json.path(field);
        if (isAbsent(field)) {
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
