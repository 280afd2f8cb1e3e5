package chat21.observer.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.topic.Ids;

/** Reads fields of a body, and names the one that breaks a rule. */
final class Fields {

    private Fields() {
    }

    /** A text that must be there, and show something; upstream answers 405 where it is not. */
    static String text(ObjectNode body, String field, int maxLength, String ifMissing) {
        String value = text(body, field, maxLength);
        if (value == null || value.codePoints().allMatch(Fields::isInvisible)) {
            throw new RestError(405, ifMissing);
        }
        return value;
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** A text, or null where it is not there. */
    static String text(ObjectNode body, String field, int maxLength) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > maxLength || value.textValue().indexOf('\0') >= 0) {
            throw RestError.bad(field + " must be a string of at most " + maxLength + " characters");
        }
        return value.textValue();
    }

    /** An id, or null where it is not there. */
    static String id(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull() || "".equals(value.textValue())) {
            return null;
        }
        return Ids.check(field, value.textValue());
    }
}
