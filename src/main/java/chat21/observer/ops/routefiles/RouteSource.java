package chat21.observer.ops.routefiles;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.CharBuffer;

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
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        int line = (int) text.lines().count() + (text.endsWith("\n") || text.isEmpty() ? 1 : 0);
        try {
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException e) {
            return new RouteSource("", line, String.format("the byte 0x%02X is not UTF-8; save the file as UTF-8",
                    bytes[in.position()]));
        }
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            return new RouteSource("", (int) text.substring(0, zero).lines().count(),
                    "there is a zero byte, as in UTF-16 and in files that are no text; save the file as UTF-8");
        }
        return of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
}
