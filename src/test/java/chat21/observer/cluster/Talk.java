package chat21.observer.cluster;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

import chat21.observer.faults.Inbox;

/** One user who writes numbered messages to a user or a group, and who knows which of them the broker has confirmed. */
final class Talk {

    private final Phone sender;
    private final String recipient;
    private final List<Inbox> inboxes;
    private final Set<Integer> accepted = new ConcurrentSkipListSet<>();
    private volatile int next;

    /** @param inboxes where its messages go, and no others */
    Talk(Phone sender, String recipient, List<Inbox> inboxes) {
        this.sender = sender;
        this.recipient = recipient;
        this.inboxes = inboxes;
    }

    void send() {
        int number = next++;
        // What is sent again since its confirmation was lost is known by its id.
        sender.send(recipient, "{\"text\":\"n%d\",\"client_message_id\":\"%s-%d\"}".formatted(number, recipient, number))
                .thenAccept(confirmed -> accepted.add(number));
    }

    /** The number of the message that it sends next. */
    int next() {
        return next;
    }

    /** Whether each of its inboxes has got a message with this number or a later one. */
    boolean hasArrivedSince(int number) {
        return inboxes.stream().allMatch(inbox -> inbox.live().stream().anyMatch(copy -> copy.number() >= number));
    }

    /** How many messages the broker has not confirmed. */
    int unconfirmed() {
        return next - accepted.size();
    }

    Set<Integer> accepted() {
        return new TreeSet<>(accepted);
    }

    List<Inbox> inboxes() {
        return inboxes;
    }

    Phone sender() {
        return sender;
    }

    @Override
    public String toString() {
        return sender.user() + " to " + recipient;
    }
}
