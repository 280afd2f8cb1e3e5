package chat21.observer.bench;

import java.util.Locale;
import java.util.Optional;

/** Numbers for readers: as many digits as they are worth. */
final class Figures {

    private static final String UNKNOWN = "–";

    private Figures() {
    }

    /** Two decimals below 10, one below 100, none above. */
    static String number(Number value) {
        if (value == null) {
            return UNKNOWN;
        }
        double number = value.doubleValue();
        int decimals = value instanceof Long || value instanceof Integer || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    static String ratio(Optional<Double> value) {
        return value.map(ratio -> number(ratio) + "×").orElse(UNKNOWN);
    }

    static String percent(Double value) {
        return value == null ? UNKNOWN : String.format(Locale.ROOT, "%.0f %%", value);
    }
}
