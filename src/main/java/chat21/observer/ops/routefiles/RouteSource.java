package chat21.observer.ops.routefiles;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What stands in a file of the folder, or why it is not to be read.
 *
 * @param text    empty where it is not to be read
 * @param line    of the problem; 0 if it concerns the file as a whole
 * @param problem a sentence, or null
 */
record RouteSource(String text, int line, String problem) {

    static RouteSource unreadable(String problem) {
        return new RouteSource("", 0, problem);
    }

    static RouteSource of(String text) {
        return new RouteSource(text, 0, null);
    }

    /** Reads UTF-8, and nothing else: a letter that is guessed would change what a route does. */
    static RouteSource of(byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
                || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)) {
            return unreadable("this is UTF-16; save it as UTF-8");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            int zero = text.indexOf('\0');
            return zero < 0 ? of(text.startsWith("\uFEFF") ? text.substring(1) : text)
                    : new RouteSource("", lineOf(text.substring(0, zero)),
                            "there is a zero byte, as in UTF-16 and in files that are no text; save the file as UTF-8");
        } catch (CharacterCodingException e) {
            return new RouteSource("", lineOf(new String(bytes, 0, in.position(), StandardCharsets.UTF_8)),
                    String.format("the byte 0x%02X is not UTF-8; save the file as UTF-8", bytes[in.position()]));
        }
    }

    // That of what comes after this text.
    private static int lineOf(String before) {
        return 1 + (int) before.chars().filter(c -> c == '\n').count();
    }
}
