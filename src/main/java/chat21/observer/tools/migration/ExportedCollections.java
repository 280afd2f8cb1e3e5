package chat21.observer.tools.migration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that mongoexport wrote. It is known again by its collection, size, beginning and end, wherever it lies.
 *
 * @param collection what it holds
 * @param file       where it is
 * @param size       in bytes
 * @param source     by what it is known again
 * @param container  what its documents are in
 */
record ExportedCollections(Collection collection, Path file, long size, String source, Container container) {

    private static final int SAMPLE = 1 << 20;
    private static final int SHORT_NAME = 8;

    /** @throws IOException in one sentence, if it cannot be read or is nothing that is read here */
    static ExportedCollections of(Collection collection, Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("There is no file " + file + " that can be read.");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            byte[] beginning = read(channel, 0);
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((collection + " " + size + "\n").getBytes(StandardCharsets.UTF_8));
            sha.update(beginning);
            sha.update(read(channel, Math.max(0, size - SAMPLE)));
            return new ExportedCollections(collection, file, size, HexFormat.of().formatHex(sha.digest()), Container.of(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The name of its collection and some digits of its own. */
    String shortName() {
        return collection.label() + "-" + source.substring(0, SHORT_NAME);
    }

    private static byte[] read(FileChannel channel, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(SAMPLE, channel.size() - from));
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // Until it is full.
        }
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }
}
