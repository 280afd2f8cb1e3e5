package chat21.observer.ops.routefiles;

import java.util.Comparator;

/**
 * Something in a file of routes that keeps it from working.
 *
 * @param file     as an integrator would type it, such as {@code routes/receive.yaml}
 * @param line     counted from 1; 0 if it concerns the file as a whole
 * @param sentence what is wrong, without the final full stop
 */
public record Problem(String file, int line, String sentence) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparing(Problem::sentence);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ", line " + line : "") + ": " + sentence;
    }
}
