package chat21.observer.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Given;
import chat21.observer.protocol.Ids;

/** Reads fields of a body, and names the one that breaks a rule. */
final class Fields {

    private Fields() {
    }

    /** A text that must be there, and show something; upstream answers 405 where it is not. */
    static String text(ObjectNode body, String field, int maxLength, String ifMissing) {
        String value = text(body, field, maxLength);
        if (value == null || Given.isBlank(value)) {
            throw new RestError(405, ifMissing);
        }
        return value;
    }

    /** A text, or null where it means nothing. */
    static String text(ObjectNode body, String field, int maxLength) {
        String value = Given.text(body, field);
        if (value != null && (value.length() > maxLength || value.indexOf('\0') >= 0)) {
            throw RestError.bad(field + " must be a string of at most " + maxLength + " characters, none of them zero");
        }
        return value;
    }

    /** An id, or null where it means nothing. */
    static String id(ObjectNode body, String field) {
        String value = Given.text(body, field);
        return value == null ? null : Ids.check(field, value);
    }
}
