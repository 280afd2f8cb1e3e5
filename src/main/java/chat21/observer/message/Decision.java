package chat21.observer.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import chat21.observer.protocol.Refusal;

/**
 * What the flow decided for one delivery: copies and a change to store, then publications; or a refusal, and then nothing
 * else.
 */
public final class Decision {

    private final List<InboxCopy> copies = new ArrayList<>(2);
    private List<InboxCopy> heldBack = List.of();
    private boolean heldBackAgain;
    private Change change;
    private final List<Publication> publications = new ArrayList<>(0);
    private final List<Runnable> afterwards = new ArrayList<>(0);
    private final List<Publication> announcements = new ArrayList<>(0);
    private Set<String> announcedBefore = Collections.emptySet();
    private Refusal refusal;
    private boolean interrupted;

    /** Lets a copy into its inbox, unless the message was refused meanwhile. */
    public void add(InboxCopy copy) {
        if (refusal == null) {
            copies.add(copy);
        }
    }

    /** Asks for a change of what is stored, unless the message was refused meanwhile. */
    public void add(Change wanted) {
        if (refusal == null) {
            change = wanted;
        }
    }

    /** Publishes something once everything of the batch is stored, after the copies of this delivery. */
    public void publish(Publication publication) {
        if (refusal == null) {
            publications.add(publication);
        }
    }

    /** Does something once the batch is acknowledged, such as counting; it is lost if the process ends before. */
    public void afterwards(Runnable action) {
        if (refusal == null) {
            afterwards.add(action);
        }
    }

    /** Tells other systems once all inboxes of the batch are served, unless the message was refused meanwhile. */
    public void announce(Publication event) {
        if (refusal == null && !announcedBefore.contains(event.properties().getMessageId())) {
            announcements.add(event);
        }
    }

    /** Tells once more what an earlier attempt had to tell; whatever comes to the same event is not told twice. */
    void announceAgain(Publication event) {
        announce(event);
        if (announcedBefore.isEmpty()) {
            announcedBefore = new HashSet<>();
        }
        announcedBefore.add(event.properties().getMessageId());
    }

    /**
     * Lets the copies of that kind wait until others had their turn.
     *
     * @param again whether an earlier attempt may have stored some of them
     */
    public void holdBack(Predicate<InboxCopy> kind, boolean again) {
        heldBackAgain = again;
        heldBack = copies.stream().filter(kind).toList();
        copies.removeIf(kind);
    }

    /** Says that an outage kept it from being decided, which the rest of its batch would only find too. */
    public void interrupt() {
        interrupted = true;
    }

    public boolean isInterrupted() {
        return interrupted;
    }

    /** Refuses the message as a whole; what was already decided is taken back. */
    public void refuse(Refusal why) {
        copies.clear();
        heldBack = List.of();
        change = null;
        publications.clear();
        afterwards.clear();
        announcements.clear();
        refusal = why;
    }

    /** The copies in the order of their delivery, without those that are held back. */
    public List<InboxCopy> copies() {
        return copies;
    }

    /** The copies that wait until others had their turn. */
    public List<InboxCopy> heldBack() {
        return heldBack;
    }

    /** Whether an earlier attempt may have stored some of those. */
    public boolean isHeldBackAgain() {
        return heldBackAgain;
    }

    /** All copies, held back or not. */
    public List<InboxCopy> allCopies() {
        return heldBack.isEmpty() ? copies : Stream.concat(copies.stream(), heldBack.stream()).toList();
    }

    /** The message that has copies, or null if none has. */
    public ChatMessage message() {
        List<InboxCopy> any = copies.isEmpty() ? heldBack : copies;
        return any.isEmpty() ? null : any.get(0).message();
    }

    /** Takes back all copies: their message is gone. */
    public void dropCopies() {
        copies.clear();
    }

    /** The change that is asked for, or null. */
    public Change change() {
        return change;
    }

    /** What else is to be published. */
    public List<Publication> publications() {
        return publications;
    }

    /** What is to be done once the batch is acknowledged. */
    public List<Runnable> afterwards() {
        return afterwards;
    }

    /** What other systems are told. */
    public List<Publication> announcements() {
        return announcements;
    }

    /** Why it was refused, or null. */
    public Refusal refusal() {
        return refusal;
    }
}
