package chat21.observer.tools.migration;

import java.io.IOException;
import java.util.Arrays;

/** An export cut into what it consists of: lines, or documents. */
abstract class Pieces implements AutoCloseable {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final ExportText text;
    private final int maxBytes;
    private byte[] piece = new byte[1 << 12];
    private int length;
    private long number;

    /**
     * A line or a document.
     *
     * @param number    counted from 1
     * @param end       where the next one begins in the unpacked text, in bytes
     * @param bytes     what it says; only its beginning if it is too long
     * @param isTooLong whether it has more bytes than it may have
     */
    record Piece(long number, long end, byte[] bytes, boolean isTooLong) {
    }

    /** @param maxBytes how long a piece may be */
    Pieces(ExportText text, long number, int maxBytes) {
        this.text = text;
        this.number = number;
        this.maxBytes = maxBytes;
    }

    /** Begins after a position. */
    static Pieces of(ExportedCollections export, Position after, int maxBytes) throws IOException {
        ExportText text = new ExportText(export.file(), export.container(), after.offset());
        return switch (export.container().form()) {
            case LINES -> new Lines(text, after.line(), maxBytes);
            case DOCUMENTS -> new Documents(text, after.line(), maxBytes, false);
            case ARRAY -> new Documents(text, after.line(), maxBytes, true);
        };
    }

    /** The next one, or null after the last. */
    abstract Piece next() throws IOException;

    /** Why the file ends before its end, or null if it does not. */
    String damage() {
        return text.damage();
    }

    /** How many bytes of the file were read so far. */
    long fileOffset() throws IOException {
        return text.fileOffset();
    }

    final ExportText text() {
        return text;
    }

    final void begin() {
        length = 0;
    }

    final void keep(int b) {
        if (length == piece.length && length < maxBytes) {
            piece = Arrays.copyOf(piece, Math.min(maxBytes, 2 * length));
        }
        if (length < piece.length) {
            piece[length] = (byte) b;
        }
        length++;
    }

    /** Whether as much is kept as may be. */
    final boolean isFull() {
        return length == maxBytes;
    }

    /** What is kept, which may be the beginning only. */
    final byte[] kept() {
        int from = Arrays.equals(piece, 0, Math.min(length, 3), BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
        return Arrays.copyOfRange(piece, from, Math.min(length, piece.length));
    }

    /** Keeps only the first bytes, and gives the others once more. */
    final void cut(int first) {
        text.unread(Arrays.copyOf(piece, length), first);
        length = first;
    }

    final Piece end() {
        number++;
        return new Piece(number, text.offset(), kept(), length > maxBytes);
    }

    @Override
    public final void close() throws IOException {
        text.close();
    }
}
