package chat21.observer.bench;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An axis on which each power of ten is as long as the next.
 *
 * @param from  exponent of its first power of ten
 * @param to    exponent of its last
 * @param start where it begins on the picture
 */
record LogAxis(int from, int to, double start, double length) {

    /** Reaches over all values above zero, and over one power of ten at least. */
    static LogAxis over(List<Double> values, double start, double length) {
        double least = positive(values).min().orElse(1);
        double most = positive(values).max().orElse(1);
        int from = (int) Math.floor(Math.log10(least));
        return new LogAxis(from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))), start, length);
    }

    /** Where a value lies on the picture; what lies outside is drawn at the end. */
    double at(double value) {
        double exponent = value <= 0 ? from : Math.min(to, Math.max(from, Math.log10(value)));
        return start + length * (exponent - from) / (to - from);
    }

    /** The powers of ten on it. */
    double[] ticks() {
        return IntStream.rangeClosed(from, to).mapToDouble(exponent -> Double.parseDouble("1e" + exponent)).toArray();
    }

    private static DoubleStream positive(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).filter(value -> value > 0);
    }
}
