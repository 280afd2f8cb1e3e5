package chat21.observer.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class Slips {

    private static final int SHORTEST = 8;
    private static final int MOST = 2;

    private Slips() {
    }

    /** {@code "; did you mean 'NAME'?"} with the known name that is nearest, or nothing if none is near. */
    public static String hint(String name, Collection<String> known) {
        return nearest(name, known, Math.max(1, name.length() / 3)).map(k -> "; did you mean '" + k + "'?").orElse("");
    }

    /** The right name that is nearest to one of some length that is not quite right, if one is near enough. */
    static Optional<String> closest(String name, Collection<String> right) {
        return name.length() < SHORTEST ? Optional.empty() : nearest(name, right, MOST);
    }

    private static Optional<String> nearest(String name, Collection<String> right, int most) {
        return right.stream().filter(each -> count(name, each) <= most)
                .min(Comparator.<String>comparingInt(each -> count(name, each)).thenComparing(each -> each));
    }

    /** How many letters, large or small, must be added, removed or replaced to get from one name to the other. */
    static int count(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[b.length()];
    }
}
