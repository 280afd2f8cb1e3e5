package chat21.observer.migration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

import chat21.observer.migration.Lines.Line;
import chat21.observer.refuse.Refusal;

/**
 * Keeps the lines that were refused in one file, to be imported once they are mended, and in a second one why: number of
 * the line, reason, field and rule.
 */
final class RefusedLines implements AutoCloseable {

    private static final int MAX_RULES = 1_000;

    private final Path lines;
    private final Path report;
    private final FileChannel linesOut;
    private final FileChannel reportOut;
    private final Map<String, Long> counts = new TreeMap<>();
    private long refused;

    /** Goes on after a position, where the files of an earlier try are still there. */
    RefusedLines(Path folder, String name, Position after) throws IOException {
        Files.createDirectories(folder);
        lines = folder.resolve(name + ".refused.json");
        report = folder.resolve(name + ".refused.txt");
        linesOut = open(lines, after.refusedBytes());
        reportOut = open(report, after.reportBytes());
        refused = after.refused();
    }

    private static FileChannel open(Path file, long length) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(channel.size());
        return channel;
    }

    void add(Line line, Refusal why) throws IOException {
        write(linesOut, line.bytes(), "\n".getBytes(StandardCharsets.US_ASCII));
        write(reportOut, ("line " + line.number() + ": " + why.reason().label() + ": " + why.getMessage() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        String rule = why.reason().label() + ": " + why.getMessage();
        counts.merge(counts.size() < MAX_RULES || counts.containsKey(rule) ? rule : "others", 1L, Long::sum);
        refused++;
    }

    private static void write(FileChannel out, byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            for (ByteBuffer bytes = ByteBuffer.wrap(part); bytes.hasRemaining();) {
                out.write(bytes);
            }
        }
    }

    /** How many there are, with those of earlier tries. */
    long count() {
        return refused;
    }

    /** How often each rule was broken, this time. */
    Map<String, Long> counts() {
        return counts;
    }

    Path report() {
        return report;
    }

    Path lines() {
        return lines;
    }

    long lineBytes() throws IOException {
        return linesOut.position();
    }

    long reportBytes() throws IOException {
        return reportOut.position();
    }

    @Override
    public void close() throws IOException {
        linesOut.close();
        reportOut.close();
        if (refused == 0) {
            Files.deleteIfExists(lines);
            Files.deleteIfExists(report);
        }
    }
}
