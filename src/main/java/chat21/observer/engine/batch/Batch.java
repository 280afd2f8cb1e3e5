package chat21.observer.engine.batch;

import java.io.IOException;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.engine.publish.Confirmation;
import chat21.observer.message.BatchItem;
import chat21.observer.message.Delivery;
import chat21.observer.message.Portion;

/**
 * What shares one transaction, one flush, one wait for confirms and one acknowledgement per channel: deliveries, or portions
 * of what was held back of some.
 */
public final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final long begun;
    // Whether it is a part of one that was tried.
    private final boolean isPart;
    private List<BatchItem> all;
    private volatile List<BatchItem> items;
    private List<Delivery> left = List.of();
    private int attempts;
    private boolean acknowledged;
    private boolean published;
    private volatile boolean committed;
    private boolean wasCommitted;
    private volatile Confirmation inboxes = Confirmation.NONE;
    private volatile Confirmation announcements = Confirmation.NONE;

    /** @param items deliveries or portions, not both */
    public Batch(List<? extends BatchItem> items) {
        this(items, System.nanoTime(), false);
    }

    private Batch(List<? extends BatchItem> items, long begun, boolean isPart) {
        this.begun = begun;
        this.isPart = isPart;
        this.all = List.copyOf(items);
        this.items = all;
    }

    /** Whether everything of it is decided, since it consists of copies that were held back. */
    public boolean isOfPortions() {
        return all.get(0) instanceof Portion;
    }

    /** What it takes along, in the order in which the broker handed it over; without what an attempt found lost. */
    public List<BatchItem> items() {
        return items;
    }

    /** The deliveries among {@link #items()}: all, or none if it is of portions. */
    public List<Delivery> deliveries() {
        return only(Delivery.class);
    }

    /** The portions among {@link #items()}: all, or none if it is of deliveries. */
    public List<Portion> portions() {
        return only(Portion.class);
    }

    private <T extends BatchItem> List<T> only(Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * The deliveries that still have to find their way through the routes. Those whose channel is closed are left alone:
     * they cannot be acknowledged and come again, and would be stored twice.
     */
    public List<Delivery> undecided() {
        return deliveries().stream().filter(d -> d.decision().refusal() == null && isOpen(d)).toList();
    }

    /** Leaves this delivery and what comes after it to a later batch. */
    void leaveFrom(Delivery first) {
        int from = all.indexOf(first);
        left = all.subList(from, all.size()).stream().map(BatchItem::delivery).toList();
        all = all.subList(0, from);
        items = items.subList(0, items.indexOf(first));
    }

    /** What was left to a later batch since this was asked last. */
    List<Delivery> takeLeft() {
        List<Delivery> taken = left;
        left = List.of();
        return taken;
    }

    /** Whether it was tried before and its fate is not known. */
    public boolean isRetry() {
        return attempts > 1 || isPart;
    }

    /** Whether its connection is gone: it can no longer be acknowledged, and the broker hands it over again. */
    public boolean isStale() {
        return items.stream().noneMatch(Batch::isOpen);
    }

    /** Whether it is done: whatever fails after that, such as counting, is no reason to try it again. */
    public boolean isAcknowledged() {
        return acknowledged;
    }

    void markAcknowledged() {
        acknowledged = true;
    }

    /**
     * Leaves it to the broker, which hands over again what it took no acknowledgement of: the channel is closed, since
     * the acknowledgement of any later batch would cover this one too.
     */
    void giveBack() {
        for (BatchItem item : items) {
            try {
                item.delivery().channel().abort();
            } catch (IOException | RuntimeException e) {
                // Then it is gone already.
                LOG.debug("channel not closed", e);
            }
        }
    }

    /** Says that everything of it was handed to the broker: what goes to people, and what other systems are told. */
    public void published(Confirmation toInboxes, Confirmation toOthers) {
        inboxes = toInboxes;
        announcements = toOthers;
        published = true;
    }

    /** Whether this attempt has handed everything to the broker: whatever fails after that must not publish it again. */
    public boolean isPublished() {
        return published;
    }

    /** Says that this attempt is stored and published, and wants nothing but its acknowledgement. */
    void markCommitted() {
        committed = true;
        wasCommitted = true;
    }

    /** Whether an attempt was, so that what comes after it may have been begun: it is tried again as a whole. */
    boolean wasCommitted() {
        return wasCommitted;
    }

    /** Whether this attempt wants nothing but its acknowledgement. */
    boolean isCommitted() {
        return committed;
    }

    /**
     * Returns once the broker has confirmed all of it.
     *
     * @throws IOException if it cannot any more, since its connection is lost
     */
    public void awaitConfirms() throws IOException, InterruptedException {
        inboxes.await();
        announcements.await();
    }

    /** What the broker still has to confirm of what goes to people. */
    public Confirmation inboxes() {
        return inboxes;
    }

    /** What the broker still has to confirm of what other systems are told. */
    public Confirmation announcements() {
        return announcements;
    }

    /** How often it was tried. */
    public int attempts() {
        return attempts;
    }

    /** When it was gathered, as {@link System#nanoTime()}. */
    long begun() {
        return begun;
    }

    /** A batch of each of its items, gathered when it was. */
    List<Batch> parts() {
        return all.stream().map(item -> new Batch(List.of(item), begun, true)).toList();
    }

    /** What it began with. */
    List<BatchItem> all() {
        return all;
    }

    /**
     * Begins an attempt, and forgets what the one before it decided. What can no longer be acknowledged is left to the
     * broker: it hands it over again, perhaps within this very batch.
     */
    void startAttempt() {
        attempts++;
        published = false;
        committed = false;
        items = items.stream().filter(Batch::isOpen).toList();
        items.forEach(BatchItem::startAgain);
    }

    private static boolean isOpen(BatchItem item) {
        return item.delivery().channel().isOpen();
    }
}
