package chat21.observer.tools.migration;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The text of an export in UTF-8, whatever it is packed and written in. */
final class ExportText implements AutoCloseable {

    private final byte[] buffer = new byte[1 << 16];
    private final FileChannel channel;
    private final Packed packed;
    private final InputStream in;
    private byte[] again = new byte[0];
    private int againAt;
    private int at;
    private int filled;
    private long offset;
    private String damage;

    /** Begins at an offset of the unpacked text, in bytes of UTF-8. */
    ExportText(Path file, Container container, long from) throws IOException {
        channel = FileChannel.open(file);
        InputStream bytes = Channels.newInputStream(channel);
        packed = container.gzip() ? new Packed(bytes) : null;
        InputStream unpacked = packed == null ? bytes : packed;
        in = switch (container.encoding()) {
            case UTF_8 -> unpacked;
            case UTF_16LE -> new Utf16Text(unpacked, true);
            case UTF_16BE -> new Utf16Text(unpacked, false);
        };
        if (in == bytes) {
            channel.position(from);
            offset = from;
        } else {
            while (offset < from && read() >= 0) {
                // What was read before is read over.
            }
        }
    }

    /** The next byte, or -1 at the end, also where the file is damaged and nothing after that can be read. */
    int read() throws IOException {
        if (againAt < again.length) {
            offset++;
            return again[againAt++] & 0xff;
        }
        if (at == filled && !fill()) {
            return -1;
        }
        offset++;
        return buffer[at++] & 0xff;
    }

    /** Gives the last bytes that were read once more. */
    void unread(byte[] bytes, int from) {
        int count = bytes.length - from;
        offset -= count;
        if (againAt >= count && again.length > againAt) {
            againAt -= count;
        } else {
            int rest = again.length - againAt;
            byte[] all = new byte[count + rest];
            System.arraycopy(bytes, from, all, 0, count);
            System.arraycopy(again, againAt, all, count, rest);
            again = all;
            againAt = 0;
        }
    }

    /** Where the next byte stands in the unpacked text. */
    long offset() {
        return offset;
    }

    /** How many bytes of the file were read so far. */
    long fileOffset() throws IOException {
        return channel.position();
    }

    /** Why the file ends before its end, or null if it does not. */
    String damage() {
        return damage;
    }

    private boolean fill() throws IOException {
        if (damage != null) {
            return false;
        }
        try {
            filled = Math.max(0, in.read(buffer));
            if (filled == 0 && packed != null && packed.hasRest()) {
                damage = "what follows its first gzip member cannot be unpacked";
            }
        } catch (EOFException e) {
            filled = 0;
            damage = "gzip says that it is cut off";
        } catch (ZipException e) {
            filled = 0;
            damage = "gzip says that it is damaged: " + e.getMessage();
        }
        at = 0;
        return filled > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Knows whether something is left that is no further member: that would be passed over silently. */
    private static final class Packed extends GZIPInputStream {
        private static final int TRAILER = 8;

        Packed(InputStream in) throws IOException {
            super(in, 1 << 16);
        }

        boolean hasRest() throws IOException {
            return inf.getRemaining() > TRAILER || in.read() >= 0;
        }
    }
}
