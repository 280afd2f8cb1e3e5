package chat21.observer.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One load: {@code direct@500} sends 500 messages a second, whatever comes back (open loop); {@code group100:50} keeps 50
 * messages to groups of 100 on the way (closed loop); {@code direct@500+group5000} sends one to a group of 5,000 each second
 * besides, whose copies do not count. {@code cold@100} is direct@100 in the first five seconds after a system says that it is
 * ready.
 *
 * @param groupSize members of each group, 0 for direct messages
 * @param open      whether the load is a rate
 * @param amount    messages a second, or messages on the way
 * @param besides   members of the group to which one goes each second besides, 0 if none does
 * @param cold      whether it comes first after the start
 */
record Phase(int groupSize, boolean open, int amount, int besides, boolean cold) {

    /** The loads measured unless others are asked for. */
    static final String DEFAULTS = "cold@100,direct@100,direct@60,group10@60,direct@500,direct@1000,direct:100,direct:500,"
            + "group10:50,group100:50,group1000:2,group5000:2";

    /** The size of the largest group that can be asked for. */
    static final int MOST_MEMBERS = 9_999;

    private static final String GROUP = "group([1-9]\\d{0,3})";
    private static final String AMOUNT = "([1-9]\\d{0,5})";
    private static final Pattern COLD = Pattern.compile("cold@" + AMOUNT);
    private static final Pattern FORM = Pattern.compile(
            "(?:direct|" + GROUP + ")(?::" + AMOUNT + "|@" + AMOUNT + "(?:\\+" + GROUP + ")?)");

    Phase(int groupSize, boolean open, int amount, int besides) {
        this(groupSize, open, amount, besides, false);
    }

    /** Reads one load as written above. */
    static Phase parse(String text) {
        Matcher cold = COLD.matcher(text.strip());
        if (cold.matches()) {
            return new Phase(0, true, Integer.parseInt(cold.group(1)), 0, true);
        }
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no load; direct@500 or group100:50 would be");
        }
        boolean open = matcher.group(2) == null;
        return new Phase(size(matcher.group(1)), open, Integer.parseInt(matcher.group(open ? 3 : 2)), size(matcher.group(4)));
    }

    private static int size(String members) {
        return members == null ? 0 : Integer.parseInt(members);
    }

    boolean group() {
        return groupSize > 0;
    }

    int copiesPerMessage() {
        return Cast.copiesPerMessage(groupSize);
    }

    List<Conversation> conversations() {
        return Cast.conversations(groupSize);
    }

    /** In words, for a reader of the report. */
    String label() {
        String what = cold ? "direct, first 5 s" : group() ? "groups of %,d".formatted(groupSize) : "direct";
        return what + (open ? ", %,d msg/s" : ", %,d on the way").formatted(amount)
                + (besides > 0 ? " beside a group of %,d".formatted(besides) : "");
    }

    /** The form that {@link #parse} reads. */
    @Override
    @JsonValue
    public String toString() {
        return (cold ? "cold" : group() ? "group" + groupSize : "direct") + (open ? "@" : ":") + amount
                + (besides > 0 ? "+group" + besides : "");
    }
}
