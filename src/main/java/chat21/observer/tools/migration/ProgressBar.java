package chat21.observer.tools.migration;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows how far a file has come, its rate and what time is left: in place on a terminal, else a line now and then. */
final class ProgressBar {

    private static final int WIDTH = 24;
    private static final long TERMINAL_PAUSE_MS = 200;
    private static final long LOG_PAUSE_MS = 10_000;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final String name;
    private final String units;
    private final long size;
    private final Position from;
    private final long begun;
    private long fromBytes;
    private long shown;

    /**
     * @param units what is counted, such as lines
     * @param size  of the file, in bytes
     */
    ProgressBar(PrintWriter out, boolean terminal, LongSupplier nanoTime, String name, String units, long size,
            Position from) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.name = name;
        this.units = units;
        this.size = size;
        this.from = from;
        this.begun = nanoTime.getAsLong();
        this.shown = begun;
    }

    /** Says how many bytes of the file lie before what is read now. */
    void begin(long fileOffset) {
        fromBytes = fileOffset;
    }

    /** Shows a position, unless one was shown a moment ago; so many bytes of the file are read. */
    void show(Position now, long fileOffset) {
        long pause = terminal ? TERMINAL_PAUSE_MS : LOG_PAUSE_MS;
        if (TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - shown) >= pause) {
            shown = nanoTime.getAsLong();
            print(now, fileOffset);
        }
    }

    /** Shows the last position. */
    void end(Position now, long fileOffset) {
        print(now, fileOffset);
        if (terminal) {
            out.println();
            out.flush();
        }
    }

    private void print(Position now, long fileOffset) {
        if (terminal) {
            out.print("\r" + text(now, fileOffset) + "\u001b[K");
        } else {
            out.println(text(now, fileOffset));
        }
        out.flush();
    }

    private String text(Position now, long fileOffset) {
        double part = size == 0 ? 1 : Math.min(1, (double) fileOffset / size);
        double seconds = Math.max(1e-3, (nanoTime.getAsLong() - begun) / 1e9);
        double rate = (now.line() - from.line()) / seconds;
        double bytesPerSecond = (fileOffset - fromBytes) / seconds;
        int filled = (int) (part * WIDTH);
        return String.format(Locale.ROOT, "%-13s [%s%s] %3.0f %%  %,d %s  %,.0f/s  %s  %,d refused", name,
                "#".repeat(filled), ".".repeat(WIDTH - filled), part * 100, now.line(), units, rate,
                part == 1 || bytesPerSecond == 0 ? "in " + duration(seconds)
                        : duration((size - fileOffset) / bytesPerSecond) + " left", now.refused());
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        return s < 60 ? s + " s" : s < 3_600 ? s / 60 + " min " + s % 60 + " s" : s / 3_600 + " h " + s % 3_600 / 60 + " min";
    }
}
