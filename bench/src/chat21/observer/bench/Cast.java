package chat21.observer.bench;

import java.util.List;
import java.util.stream.IntStream;

/** Who talks to whom: 50 conversations, of pairs or of groups whose members overlap. */
final class Cast {

    private static final int CONVERSATIONS = 50;
    private static final String GROUP_PREFIX = "group-bench-";

    private Cast() {
    }

    /** The conversations of a phase; group size 0 means pairs. */
    static List<Conversation> conversations(int groupSize) {
        return IntStream.range(0, CONVERSATIONS)
                .mapToObj(i -> groupSize == 0 ? Conversation.direct("user-" + i, "peer-" + i) : group(groupSize, i))
                .toList();
    }

    /** The first of the groups of that size. */
    static Conversation group(int size) {
        return group(size, 0);
    }

    private static Conversation group(int size, int index) {
        return Conversation.inlineGroup(GROUP_PREFIX + size + "-" + index, members(index, size));
    }

    /** How many copies of one message enter inboxes: one for each member and one for the group's own timeline. */
    static int copiesPerMessage(int groupSize) {
        return groupSize == 0 ? 2 : groupSize + 1;
    }

    static boolean isGroup(String recipient) {
        return recipient.startsWith(GROUP_PREFIX);
    }

    /** Members of one of these groups, known from its id alone. */
    static List<String> membersOf(String group) {
        String[] sizeAndIndex = group.substring(GROUP_PREFIX.length()).split("-");
        return members(Integer.parseInt(sizeAndIndex[1]), Integer.parseInt(sizeAndIndex[0]));
    }

    private static List<String> members(int group, int size) {
        return IntStream.range(group, group + size).mapToObj(i -> "user-" + i).toList();
    }
}
