package chat21.observer.tools.migration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import chat21.observer.protocol.Refusal;
import chat21.observer.tools.migration.Pieces.Piece;

/**
 * Keeps the lines or documents that were refused in one file, one a line, to be imported once they are mended, and in a
 * second one why: its number, reason, field and rule.
 */
final class RefusedLines implements AutoCloseable {

    private static final int MAX_RULES = 1_000;

    private final Path lines;
    private final Path report;
    private final FileChannel linesOut;
    private final FileChannel reportOut;
    private final String unit;
    private final Map<String, Long> counts = new TreeMap<>();
    private long refused;

    /**
     * Goes on after a position, where the files of an earlier try are still there.
     *
     * @param unit what is counted, such as line
     */
    RefusedLines(Path folder, String name, String unit, Position after) throws IOException {
        Files.createDirectories(folder);
        lines = folder.resolve(name + ".refused.json");
        report = folder.resolve(name + ".refused.txt");
        linesOut = open(lines, after.refusedBytes());
        reportOut = open(report, after.reportBytes());
        refused = after.refused();
        this.unit = unit;
    }

    private static FileChannel open(Path file, long length) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(channel.size());
        return channel;
    }

    /** Keeps one that was refused. */
    void add(Piece piece, Refusal why) throws IOException {
        write(linesOut, onOneLine(piece.bytes()));
        report(piece, why.reason().label() + ": " + why.getMessage());
        refused++;
    }

    /** Tells of one that was taken without something. */
    void leaveOut(Piece piece, String what) throws IOException {
        report(piece, "left out: " + what);
    }

    private void report(Piece piece, String rule) throws IOException {
        write(reportOut, (unit + " " + piece.number() + ": " + rule + "\n").getBytes(StandardCharsets.UTF_8));
        counts.merge(counts.size() < MAX_RULES || counts.containsKey(rule) ? rule : "others", 1L, Long::sum);
    }

    // A line break in JSON is white space, but for that in a text, which is not allowed there.
    private static byte[] onOneLine(byte[] bytes) {
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        for (int i = 0; i < bytes.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        line[bytes.length] = '\n';
        return line;
    }

    private static void write(FileChannel out, byte[] part) throws IOException {
        for (ByteBuffer bytes = ByteBuffer.wrap(part); bytes.hasRemaining();) {
            out.write(bytes);
        }
    }

    /** How many there are, with those of earlier tries. */
    long count() {
        return refused;
    }

    /** How often each rule was broken, or something was left out, this time. */
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
        boolean nothingToReport = reportBytes() == 0;
        linesOut.close();
        reportOut.close();
        if (refused == 0) {
            Files.deleteIfExists(lines);
        }
        if (nothingToReport) {
            Files.deleteIfExists(report);
        }
    }
}
