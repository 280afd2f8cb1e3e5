package chat21.observer.settings.address;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent signs in addresses, as Node's libraries read and write them: what is no escape stands for itself. */
final class Escapes {

    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?";

    private Escapes() {
    }

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (isEscape(bytes, i)) {
                decoded.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** Escapes what cannot stand in a path or a query, and leaves escapes as they are. */
    static String complete(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0) || isEscape(bytes, i)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    private static boolean isEscape(byte[] bytes, int i) {
        return bytes[i] == '%' && i + 2 < bytes.length && Character.digit(bytes[i + 1], 16) >= 0
                && Character.digit(bytes[i + 2], 16) >= 0;
    }
}
