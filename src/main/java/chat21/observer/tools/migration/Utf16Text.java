package chat21.observer.tools.migration;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns UTF-16 into UTF-8, byte by byte. Half a pair becomes what is no UTF-8, so that its document is refused and none is
 * taken with changed letters.
 */
final class Utf16Text extends InputStream {

    private final InputStream in;
    private final boolean littleEndian;
    private final byte[] units = new byte[1 << 16];
    private final byte[] character = new byte[4];
    private int at;
    private int filled;
    private int given = character.length;
    private int pushedBack = -1;

    Utf16Text(InputStream in, boolean littleEndian) {
        this.in = in;
        this.littleEndian = littleEndian;
    }

    @Override
    public int read() throws IOException {
        if (given == character.length && !next()) {
            return -1;
        }
        return character[given++] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int b = read();
            if (b < 0) {
                return count == 0 ? -1 : count;
            }
            buffer[from + count++] = (byte) b;
        }
        return count;
    }

    private boolean next() throws IOException {
        int unit = unit();
        if (unit < 0) {
            return false;
        }
        int code = unit;
        if (Character.isHighSurrogate((char) unit)) {
            int low = unit();
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                code = Character.toCodePoint((char) unit, (char) low);
            } else {
                pushedBack = low;
            }
        }
        put(code);
        return true;
    }

    private void put(int code) {
        if (code < 0x80) {
            give(code);
        } else if (code < 0x800) {
            give(0xc0 | code >> 6, tail(code));
        } else if (code < 0x10000) {
            give(0xe0 | code >> 12, tail(code >> 6), tail(code));
        } else {
            give(0xf0 | code >> 18, tail(code >> 12), tail(code >> 6), tail(code));
        }
    }

    private static int tail(int code) {
        return 0x80 | code & 0x3f;
    }

    private void give(int... bytes) {
        given = character.length - bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            character[given + i] = (byte) bytes[i];
        }
    }

    private int unit() throws IOException {
        if (pushedBack >= 0) {
            int unit = pushedBack;
            pushedBack = -1;
            return unit;
        }
        int one = octet();
        int two = one < 0 ? -1 : octet();
        if (two < 0) {
            // An odd byte at the end is half a character: half a pair, too.
            return one < 0 ? -1 : 0xdc00;
        }
        return littleEndian ? two << 8 | one : one << 8 | two;
    }

    private int octet() throws IOException {
        if (at == filled) {
            filled = Math.max(0, in.read(units));
            at = 0;
        }
        return at == filled ? -1 : units[at++] & 0xff;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
