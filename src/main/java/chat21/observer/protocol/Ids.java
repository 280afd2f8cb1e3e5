package chat21.observer.protocol;

/** The rule for ids: each becomes one word of a topic, so it must not hold what separates or matches words. */
public final class Ids {

    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 128;

    private static final String GROUP_SIGN = "group-";

    private Ids() {
    }

    /**
     * Returns the id if it keeps the rule.
     *
     * @throws Refusal naming the field and the rule otherwise
     */
    public static String check(String field, String id) {
        if (id == null || id.isEmpty()) {
            throw bad(field, "must not be empty");
        }
        if (id.length() > MAX_LENGTH) {
            throw bad(field, "must have at most " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < id.length(); i++) {
            if (!allowed(id.charAt(i))) {
                throw bad(field, "must not hold . / # * +, white space, control or unpaired characters");
            }
        }
        if (hasUnpairedSurrogate(id)) {
            throw bad(field, "must not hold . / # * +, white space, control or unpaired characters");
        }
        return id;
    }

    /** Tells whether an id says that it is one of a group, stored or not. */
    public static boolean isOfGroup(String id) {
        return id.contains(GROUP_SIGN);
    }

    /** Tells whether the id keeps the rule. */
    public static boolean isValid(String id) {
        try {
            check("id", id);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    private static boolean allowed(char c) {
        if (c > ' ' && c < 127) {
            return c != '.' && c != '/' && c != '#' && c != '*' && c != '+';
        }
        // Format characters (zero-width, right-to-left marks) would let two ids look alike; U+FFFD is what broken
        // UTF-8 turns into.
        return c > 127 && !Character.isISOControl(c) && !Character.isWhitespace(c) && !Character.isSpaceChar(c)
                && Character.getType(c) != Character.FORMAT && c != '\uFFFD';
    }

    private static boolean hasUnpairedSurrogate(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < id.length() && Character.isLowSurrogate(id.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }

    private static Refusal bad(String field, String rule) {
        return new Refusal(Reason.BAD_ID, field + " " + rule);
    }
}
