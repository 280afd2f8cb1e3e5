package chat21.observer.bench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an observer is set up: {@code observer}, and after it {@code -postgres}, {@code -filled}, {@code -2-nodes} and
 * {@code -without:STEP}, each if wanted, in this order.
 *
 * @param postgres whether it stores in PostgreSQL instead of H2
 * @param filled   whether much is stored before
 * @param nodes    how many processes share four partitions; 0 is one without partitions
 * @param without  the steps that its flow goes without, with a + between them; empty is none
 */
record Setup(boolean postgres, boolean filled, int nodes, String without) {

    /** As users start it. */
    static final Setup PLAIN = new Setup(false, false, 0, "");
    /** What the processes of one set-up share. */
    static final int PARTITIONS = 4;

    private static final Pattern FORM =
            Pattern.compile("observer(-postgres)?(-filled)?(?:-([1-4])-nodes?)?(?:-without:(.+))?");

    /** Reads such a name; nothing if it is none. */
    static Optional<Setup> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Setup setup = new Setup(matcher.group(1) != null, matcher.group(2) != null,
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? "" : matcher.group(4));
        if (setup.nodes > 1 && !setup.postgres) {
            throw new IllegalArgumentException("'" + name + "': a file of H2 serves one node, so name -postgres too");
        }
        return Optional.of(setup);
    }

    /** Whether copies are published, and not only told of. */
    boolean publishes() {
        return !RoutesWithout.tells(without);
    }

    /** How many processes. */
    int processes() {
        return Math.max(1, nodes);
    }
}
