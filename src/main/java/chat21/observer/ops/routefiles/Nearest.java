package chat21.observer.ops.routefiles;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what a misspelt name was meant to be. */
final class Nearest {

    private Nearest() {
    }

    /** {@code "; did you mean 'NAME'?"} with the known name that is nearest, or nothing if none is near. */
    static String hint(String name, Collection<String> known) {
        int most = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(k -> distance(name, k) <= most)
                .min(Comparator.<String>comparingInt(k -> distance(name, k)).thenComparing(k -> k))
                .map(k -> "; did you mean '" + k + "'?").orElse("");
    }

    // Levenshtein's, blind to upper and lower case.
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
