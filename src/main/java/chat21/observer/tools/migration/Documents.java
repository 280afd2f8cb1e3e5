package chat21.observer.tools.migration;

import java.io.IOException;
import java.util.BitSet;

/**
 * The documents of an export whose lines say nothing: those of an array, or printed over several lines. A broken one ends
 * where the next seems to begin, so that it takes no other with it.
 */
final class Documents extends Pieces {

    private static final String FIRST_FIELD = "\"_id\"";

    private boolean open;
    private boolean cutOff;

    /** @param array whether they are in an array, which must have an end */
    Documents(ExportText text, long number, int maxBytes, boolean array) {
        super(text, number, maxBytes);
        this.open = array;
    }

    @Override
    Piece next() throws IOException {
        int b = text().read();
        while (b >= 0 && isBetween(b)) {
            if (b == '[' || b == ']') {
                open = b == '[';
            }
            b = text().read();
        }
        if (b < 0) {
            cutOff = open;
            return null;
        }
        begin();
        keep(b);
        return b == '{' ? document() : something();
    }

    @Override
    String damage() {
        String damage = super.damage();
        return damage == null && cutOff ? "its array has no end" : damage;
    }

    // The marks are those of the byte order, where files were put together.
    private static boolean isBetween(int b) {
        return b <= ' ' || b == ',' || b == '[' || b == ']' || b == 0xef || b == 0xbb || b == 0xbf;
    }

    private Piece document() throws IOException {
        BitSet arrays = new BitSet();
        int depth = 1;
        boolean string = false;
        boolean escaped = false;
        boolean broken = false;
        while (depth > 0) {
            int b = text().read();
            if (b >= 0) {
                keep(b);
            }
            if (string) {
                // No text holds a line break as it is: its end is missing.
                broken |= b == '\n';
                string = b != '\n' && (b != '"' || escaped);
                escaped = b == '\\' && !escaped;
            } else if (b == '"') {
                string = true;
            } else if (b == '{' || b == '[') {
                arrays.set(depth++, b == '[');
            } else if (b == '}' || b == ']') {
                broken |= arrays.get(--depth) != (b == ']');
            }
            if (b < 0 || isFull() || broken && (b == '\n' || depth == 0)) {
                int next = nextBeginning(kept());
                if (next > 0) {
                    cut(next);
                }
                if (next > 0 || b < 0) {
                    return end();
                }
            }
        }
        return end();
    }

    // What is no document is told by itself.
    private Piece something() throws IOException {
        for (int b = text().read(); b >= 0 && !isFull(); b = text().read()) {
            keep(b);
            if (b == ',' || b == '\n' || b == ']' || b == '{') {
                cut(kept().length - 1);
                break;
            }
        }
        return end();
    }

    private static int nextBeginning(byte[] piece) {
        for (int i = 1; i < piece.length; i++) {
            if (piece[i] == '{' && (piece[i - 1] == '\n' || beginsWithId(piece, i + 1))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean beginsWithId(byte[] piece, int from) {
        int i = from;
        while (i < piece.length && piece[i] <= ' ' && piece[i] >= 0) {
            i++;
        }
        for (int j = 0; j < FIRST_FIELD.length(); j++) {
            if (i + j >= piece.length || piece[i + j] != FIRST_FIELD.charAt(j)) {
                return false;
            }
        }
        return true;
    }
}
