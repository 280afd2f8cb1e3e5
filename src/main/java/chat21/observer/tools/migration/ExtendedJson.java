package chat21.observer.tools.migration;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import chat21.observer.protocol.Excerpt;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/**
 * Turns MongoDB's extended JSON, relaxed or canonical, into the JSON that clients read: ids become strings, dates ms since
 * 1970, and numbers numbers. JavaScript knows one type of number, so that {@code 1600000000000.0} is a whole one.
 */
final class ExtendedJson {

    // Version 1 of extended JSON wrote +0000, which is no ISO 8601 with colons.
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX]").toFormatter();
    private static final int MAX_SCALE = 20;

    private ExtendedJson() {
    }

    /**
     * Changes a document in place.
     *
     * @throws Refusal naming the field if one of its values is not what its type says
     */
    static ObjectNode plain(ObjectNode document) {
        List<String> names = new ArrayList<>(document.size());
        document.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            document.set(name, plain(name, document.get(name)));
        }
        return document;
    }

    private static JsonNode plain(String field, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object.size() == 1 && object.fieldNames().next().startsWith("$") ? unwrapped(field, object) : plain(object);
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, plain(field, array.get(i)));
            }
            return array;
        }
        if (node instanceof DoubleNode number && !Double.isFinite(number.doubleValue())) {
            return NullNode.instance;
        }
        return node instanceof DecimalNode ? number(node.decimalValue()) : node;
    }

    private static JsonNode unwrapped(String field, ObjectNode object) {
        String type = object.fieldNames().next();
        JsonNode value = object.get(type);
        try {
            return switch (type) {
                case "$oid" -> TextNode.valueOf(text(value));
                case "$numberInt", "$numberLong" -> LongNode.valueOf(Long.parseLong(text(value)));
                case "$numberDouble", "$numberDecimal" -> number(text(value));
                case "$date" -> LongNode.valueOf(date(field, value));
                case "$undefined" -> NullNode.instance;
                default -> plain(object);
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Refusal(Reason.BAD_FIELD, field + " must be a " + type.substring(1) + ", but is " + shortened(value));
        }
    }

    private static String text(JsonNode value) {
        if (!value.isTextual() && !value.isNumber()) {
            throw new IllegalArgumentException("neither a text nor a number");
        }
        return value.asText();
    }

    private static JsonNode number(String text) {
        return switch (text) {
            // JSON has no such numbers, and JavaScript writes them as null.
            case "NaN", "Infinity", "-Infinity" -> NullNode.instance;
            default -> number(new BigDecimal(text));
        };
    }

    private static JsonNode number(BigDecimal value) {
        if (Math.abs((long) value.precision() - value.scale()) > MAX_SCALE || value.stripTrailingZeros().scale() > 0) {
            return DecimalNode.valueOf(value);
        }
        BigDecimal whole = value.setScale(0);
        return whole.toBigInteger().bitLength() < Long.SIZE ? LongNode.valueOf(whole.longValueExact())
                : BigIntegerNode.valueOf(whole.toBigInteger());
    }

    private static long date(String field, JsonNode value) {
        if (value instanceof ObjectNode object && object.has("$numberLong")) {
            return Long.parseLong(text(object.get("$numberLong")));
        }
        if (value.isIntegralNumber()) {
            return value.longValue();
        }
        String text = text(value);
        return text.endsWith("Z") ? Instant.parse(text).toEpochMilli()
                : OffsetDateTime.parse(text, DATE).toInstant().toEpochMilli();
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 40 ? Excerpt.of(text, 40) + "…" : text;
    }
}
