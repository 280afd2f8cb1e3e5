package chat21.observer.protocol;

/** The rule for an id that becomes one part of a topic. */
public final class TopicId {
    private static final int MAX_CHARACTERS = 128;

    private TopicId() {
    }

    /**
     * Returns the id if it can stand in a topic.
     *
     * @throws IllegalArgumentException naming the rule that it breaks
     */
    public static String check(String what, String id) {
        if (id == null || id.isEmpty()) {
            throw new IllegalArgumentException("The " + what + " is empty.");
        }
        if (id.codePointCount(0, id.length()) > MAX_CHARACTERS) {
            throw new IllegalArgumentException("The " + what + " has over " + MAX_CHARACTERS + " characters.");
        }
        id.codePoints().forEach(c -> {
            if ("./#*+".indexOf(c) >= 0) {
                throw new IllegalArgumentException("The " + what + " holds '" + (char) c
                        + "': . and / part a topic, and # * + are wildcards in it.");
            }
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                throw new IllegalArgumentException("The " + what + " holds white space.");
            }
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("The " + what + " holds a control character.");
            }
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("The " + what + " holds half a character (a lone surrogate).");
            }
        });
        return id;
    }
}
