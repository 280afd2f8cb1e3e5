package chat21.observer.migration;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The lines of a file as bytes, however long a broken one may be. */
final class Lines implements AutoCloseable {

    private final byte[] buffer = new byte[1 << 16];
    private final InputStream in;
    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
    private int at;
    private int filled;
    private long number;
    private long offset;

    /**
     * A line, without its end.
     *
     * @param number counted from 1
     * @param end    where the next one begins, in bytes
     * @param bytes  what it says; only its beginning if it is too long
     * @param isTooLong whether it has more bytes than a line may have
     */
    record Line(long number, long end, byte[] bytes, boolean isTooLong) {
    }

    /** Begins after a position. */
    Lines(Path file, Position after, int maxBytes) throws IOException {
        FileInputStream stream = new FileInputStream(file.toFile());
        stream.getChannel().position(after.offset());
        this.in = stream;
        this.number = after.line();
        this.offset = after.offset();
        this.maxBytes = maxBytes;
    }

    /** The next line, or null after the last. */
    Line next() throws IOException {
        line.reset();
        long begin = offset;
        boolean ended = false;
        while (!ended && (at < filled || fill())) {
            int from = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            keep(from, at - from);
            offset += at - from;
            if (at < filled) {
                at++;
                offset++;
                ended = true;
            }
        }
        if (offset == begin) {
            return null;
        }
        number++;
        return new Line(number, offset, line.toByteArray(), offset - begin - (ended ? 1 : 0) > maxBytes);
    }

    private boolean fill() throws IOException {
        filled = Math.max(0, in.read(buffer));
        at = 0;
        return filled > 0;
    }

    private void keep(int from, int count) {
        line.write(buffer, from, Math.min(count, maxBytes - line.size()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
