package chat21.observer.message;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/**
 * Fields that may be left out, as they really come: PHP writes an empty object as {@code []}, forms write {@code ""} for
 * what was not filled in, and numbers and texts stand in for each other.
 */
public final class Given {

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    // The longest number that fits, with a sign, a point and some decimals.
    private static final int MAX_NUMBER_CHARACTERS = 40;

    private Given() {
    }

    /** Whether a value means nothing: there is none, or it is {@code null}, {@code []} or {@code ""}. */
    public static boolean isAbsent(JsonNode value) {
        return value == null || value.isMissingNode() || value.isNull() || value.isArray() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }

    /** Takes those of these fields out of an object that mean nothing. */
    public static void dropAbsent(ObjectNode json, String... fields) {
        for (String field : fields) {
            if (isAbsent(json.get(field))) {
                json.remove(field);
            }
        }
    }

    /** Whether a value can be read as a text: a string, a number, true or false. */
    public static boolean isText(JsonNode value) {
        return value.isTextual() || value.isNumber() || value.isBoolean();
    }

    /**
     * A field as a text, or null where it means nothing; a number as JSON writes it.
     *
     * @throws Refusal if it is an object or an array
     */
    public static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (isAbsent(value)) {
            return null;
        }
        if (!isText(value)) {
            throw bad(field, "a string");
        }
        return value.asText();
    }

    /** Whether a text shows nothing: it has blanks, control and format characters alone. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)
                || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    /**
     * A field as an object, or null where it means nothing.
     *
     * @throws Refusal if it is anything else
     */
    public static ObjectNode object(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (isAbsent(value)) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw bad(field, "an object");
    }

    /**
     * A field as a truth value, or null where it means nothing; as a text, and as 0 or 1, it is taken too.
     *
     * @throws Refusal if it is anything else
     */
    public static Boolean flag(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (isAbsent(value)) {
            return null;
        }
        return switch (value.asText()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw bad(field, "true or false");
        };
    }

    /**
     * A value as a whole number that is not negative, such as a time in ms: a number, its decimals cut off, or a text of
     * one. Null if it is anything else or means nothing.
     */
    public static Long wholeNumber(JsonNode value) {
        if (value == null || !value.isNumber() && !value.isTextual()) {
            return null;
        }
        try {
            BigDecimal number = value.isNumber() ? value.decimalValue() : parsed(value.textValue());
            // Compared first: to write out what an exponent says could take all memory.
            return number == null || number.signum() < 0 || number.compareTo(LONG_MAX) > 0 ? null : number.longValue();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static BigDecimal parsed(String text) {
        return text.length() > MAX_NUMBER_CHARACTERS ? null : new BigDecimal(text.strip());
    }

    private static Refusal bad(String field, String rule) {
        return new Refusal(Reason.BAD_FIELD, field + " must be " + rule);
    }
}
