package chat21.observer.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.protocol.Excerpt;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** Reads and writes payloads: JSON objects within limits, numbers and unknown fields kept as they came. */
public final class Payloads {

    private static final Pattern LONG_EXPONENT = Pattern.compile("[0-9][eE][+-]?[0-9]{3}");
    // Hardly more than a double has, of which most clients make numbers.
    private static final int MAX_EXPONENT = 400;

    private final PayloadLimits limits;
    private final ObjectMapper mapper;
    private final ObjectReader reader;
    private final ObjectReader storedReader;

    public Payloads(PayloadLimits limits) {
        this(limits, false);
    }

    /** Takes NaN and Infinity as numbers, too, as some programs write them, though JSON knows no such thing. */
    public static Payloads takingNaN(PayloadLimits limits) {
        return new Payloads(limits, true);
    }

    private Payloads(PayloadLimits limits, boolean noNumbers) {
        this.limits = limits;
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxDocumentLength(limits.maxBytes())
                .maxStringLength(limits.maxBytes())
                .maxNameLength(1_000)
                .maxNumberLength(100)
                .maxNestingDepth(limits.maxDepth())
                .maxTokenCount(limits.maxTokens())
                .build();
        // Field names come from strangers: interning or canonicalising them would let strangers fill shared tables.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, noNumbers)
                .build();
        mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        reader = mapper.readerFor(JsonNode.class);
        storedReader = mapper.readerFor(JsonNode.class).with(unlimited());
    }

    // What we stored has more fields than what came, and may be older than today's limits.
    private static JsonFactory unlimited() {
        return JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE).maxNestingDepth(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE)
                .build()).disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();
    }

    /** The most bytes that a payload may have. */
    public int maxBytes() {
        return limits.maxBytes();
    }

    /**
     * Reads one payload.
     *
     * @throws Refusal if it is too large, not UTF-8, or not a single JSON object within the limits
     */
    public ObjectNode read(byte[] payload) {
        if (payload == null || payload.length == 0) {
            throw new Refusal(Reason.BAD_PAYLOAD, "the payload is empty; it must be a JSON object");
        }
        if (payload.length > limits.maxBytes()) {
            throw Refusal.tooLarge(payload.length, limits.maxBytes());
        }
        return parse(decode(payload));
    }

    /** Reads JSON that this system stored itself, whatever its size. */
    public ObjectNode readStored(String json) {
        try {
            return (ObjectNode) storedReader.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what is stored cannot be read", e);
        }
    }

    /** Writes a tree as compact UTF-8 JSON. */
    public byte[] write(JsonNode tree) {
        try {
            return mapper.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree cannot be written", e);
        }
    }

    /** A tree as maps, lists and values, to be changed at will. */
    public Map<String, Object> toMap(ObjectNode tree) {
        return mapper.convertValue(tree, new TypeReference<LinkedHashMap<String, Object>>() { });
    }

    /**
     * Maps, lists and values as a tree.
     *
     * @throws Refusal if they hold what is no JSON
     */
    public ObjectNode fromMap(Map<?, ?> map) {
        try {
            return mapper.convertValue(map, ObjectNode.class);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Reason.BAD_PAYLOAD, "not JSON: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** A new empty JSON object. */
    public ObjectNode newObject() {
        return mapper.createObjectNode();
    }

    private ObjectNode parse(String json) {
        try {
            if (reader.readTree(json) instanceof ObjectNode object) {
                if (json.contains("\\ud") || json.contains("\\uD")) {
                    checkSurrogates(object);
                }
                if (LONG_EXPONENT.matcher(json).find()) {
                    checkNumbers(object);
                }
                return object;
            }
            throw new Refusal(Reason.BAD_PAYLOAD, "the payload must be a JSON object");
        } catch (IOException e) {
            throw new Refusal(Reason.BAD_PAYLOAD, "the payload is not acceptable JSON: " + firstLine(e));
        } catch (NumberFormatException e) {
            // Jackson passes on what Java says of an exponent that is no int.
            throw new Refusal(Reason.BAD_PAYLOAD, "the payload is not acceptable JSON: a number is out of range");
        }
    }

    // To write such a number out takes gigabytes, and to most clients it is infinite.
    private static void checkNumbers(JsonNode tree) {
        if (tree.isBigDecimal() && (Math.abs((long) tree.decimalValue().scale()) > MAX_EXPONENT)) {
            throw new Refusal(Reason.BAD_PAYLOAD, "the payload is not acceptable JSON: a number is out of range");
        }
        tree.forEach(Payloads::checkNumbers);
    }

    // UTF-8 cannot carry half a pair, but an escape can, and many a parser fails on it.
    private static void checkSurrogates(ObjectNode object) throws IOException {
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        try (JsonParser tokens = object.traverse()) {
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                boolean text = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
                if (text && !utf8.canEncode(tokens.getText())) {
                    throw new Refusal(Reason.BAD_PAYLOAD, "a text in the payload holds an unpaired surrogate");
                }
            }
        }
    }

    // Decoding first makes broken UTF-8 an error and keeps Jackson from guessing UTF-16 or UTF-32.
    private static String decode(byte[] payload) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Reason.BAD_PAYLOAD, "the payload is not valid UTF-8");
        }
    }

    private static String firstLine(IOException e) {
        String text = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        String line = text == null ? e.getClass().getSimpleName() : text.lines().findFirst().orElse("");
        return Excerpt.of(line, 200);
    }
}
