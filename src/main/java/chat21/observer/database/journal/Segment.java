package chat21.observer.database.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.zip.CRC32C;

/**
 * One file of the journal, which only grows. A record is its length and its checksum as 4 bytes each, its number as 8, and
 * its content; an incomplete one at the end was never acknowledged and counts for nothing.
 */
final class Segment implements AutoCloseable {

    private static final int HEADER = 16;

    private final Path file;
    private final FileChannel channel;
    private final boolean sync;
    private long size;

    /**
     * Begins a new file.
     *
     * @param sync whether each record waits for the disk
     */
    Segment(Path file, boolean sync) throws IOException {
        this.file = file;
        this.sync = sync;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    Path file() {
        return file;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Appends a record; when this returns it survives the end of the process.
     *
     * @throws IOException if it could not be written; the file is then as before, or takes nothing any more
     */
    void append(long number, byte[] content) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(HEADER + content.length);
        record.putInt(content.length).putInt(checksum(number, content)).putLong(number).put(content).flip();
        try {
            while (record.hasRemaining()) {
                channel.write(record, size + record.position());
            }
            if (sync) {
                channel.force(false);
            }
            size += record.limit();
        } catch (IOException | RuntimeException | Error e) {
            takeBack(e);
            throw e;
        }
    }

    private void takeBack(Throwable cause) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
            close();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the records of a file after a number; one with the number of an earlier one replaces it. */
    static void read(Path file, long after, SortedMap<Long, byte[]> into) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.remaining() >= HEADER) {
            int length = bytes.getInt();
            int checksum = bytes.getInt();
            long number = bytes.getLong();
            if (length < 0 || length > bytes.remaining()) {
                return;
            }
            byte[] content = new byte[length];
            bytes.get(content);
            if (checksum != checksum(number, content)) {
                return;
            }
            if (number > after) {
                into.put(number, content);
            }
        }
    }

    private static int checksum(long number, byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        sum.update(content);
        return (int) sum.getValue();
    }
}
