package chat21.observer.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Names that somebody has misspelt. */
final class Slips {

    private static final int SHORTEST = 8;
    private static final int MOST = 2;

    private Slips() {
    }

    /** The right name that is nearest to one that is not quite right, if one is near enough. */
    static Optional<String> closest(String name, Collection<String> right) {
        if (name.length() < SHORTEST) {
            return Optional.empty();
        }
        return right.stream().filter(each -> count(name, each) <= MOST).min(Comparator.comparing(each -> count(name, each)));
    }

    /** How many letters must be added, removed or replaced to get from one name to the other. */
    static int count(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
