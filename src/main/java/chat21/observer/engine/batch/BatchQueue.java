package chat21.observer.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import chat21.observer.engine.broker.Intake;
import chat21.observer.message.BatchItem;
import chat21.observer.message.Delivery;

/**
 * Gathers deliveries into batches: a batch is whatever has come while the one before it was worked on, or since it was
 * begun less than a few ms ago. So a lone message is a batch of one at once, and under load many messages share a commit.
 * What was held back of messages to many takes turns with what comes.
 */
public final class BatchQueue {

    private final int maxMessages;
    private final int maxBytes;
    private final long minIntervalNanos;
    private final LargeGroups largeGroups;
    private final Intake intake;
    // The broker's prefetch bounds their number, the intake their bytes.
    private final BlockingDeque<Delivery> waiting = new LinkedBlockingDeque<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Map<String, AtomicInteger> unfinishedOf = new ConcurrentHashMap<>();
    private final Set<Batch> notDone = ConcurrentHashMap.newKeySet();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    private long begun = System.nanoTime();
    private boolean messagesHadTheirTurn;
    private volatile boolean onHold;
    private volatile boolean open = true;

    /**
     * @param maxMessages the most messages in a batch
     * @param maxBytes    the most payload bytes in a batch, except that one message always fits
     * @param minIntervalMs how long after the beginning of a batch the next one begins at the earliest, in ms
     * @param largeGroups     what was held back
     */
    public BatchQueue(int maxMessages, int maxBytes, int minIntervalMs, LargeGroups largeGroups) {
        this(maxMessages, maxBytes, minIntervalMs, largeGroups, Intake.unbounded());
    }

    /** The same; what is taken over and not done counts in the intake. */
    public BatchQueue(int maxMessages, int maxBytes, int minIntervalMs, LargeGroups largeGroups, Intake intake) {
        this.largeGroups = largeGroups;
        this.intake = intake;
        largeGroups.tellWhatIsOver(this::letGo);
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.minIntervalNanos = TimeUnit.MILLISECONDS.toNanos(minIntervalMs);
    }

    /**
     * Takes a delivery over, to be worked on and acknowledged later. After {@link #close()}, or while its queue pauses, it
     * is left alone: it stays unacknowledged, and the broker gives it to whoever comes next.
     */
    public void add(Delivery delivery) {
        if (open && !paused.contains(delivery.queue())) {
            unfinished.incrementAndGet();
            of(delivery.queue()).incrementAndGet();
            intake.add(delivery.body().length);
            waiting.add(delivery);
        }
    }

    /** Takes nothing more over. */
    public void close() {
        open = false;
        intake.open(true);
    }

    /** Takes nothing more over from a queue, whose channel must be closed before it goes on. */
    public void pause(String queue) {
        paused.add(queue);
        intake.open(true);
    }

    /** Takes over again what comes from a queue. */
    public void resume(String queue) {
        paused.remove(queue);
        intake.open(!open || !paused.isEmpty());
    }

    /** Begins no message until {@link #goOn()}; what was begun comes to its end. */
    void hold() {
        onHold = true;
    }

    /** Begins messages again. */
    void goOn() {
        onHold = false;
    }

    /** Whether every message that was begun, and is acknowledged with those after it, has come to its end. */
    boolean isNothingHeldBack() {
        return largeGroups.isIdle();
    }

    /** Puts what was held back of a batch in line, once the rest of it is stored and published. */
    void keepHeldBack(Batch batch) {
        largeGroups.keep(batch);
    }

    /** Takes back what a batch has no room for, to come next. */
    void takeBack(List<Delivery> left) {
        for (int i = left.size() - 1; i >= 0; i--) {
            waiting.addFirst(left.get(i));
        }
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return waiting.isEmpty() && !largeGroups.isAnyWaiting();
    }

    /** How many deliveries wait to be worked on. */
    public int size() {
        return waiting.size();
    }

    /** How many bytes the deliveries have that were taken over and are not done. */
    public long bytes() {
        return intake.bytes();
    }

    /** How many copies were held back of messages and wait for their turn. */
    public int heldBack() {
        return largeGroups.held();
    }

    /** How many deliveries were taken over and are not done. */
    public int unfinished() {
        return unfinished.get() + largeGroups.unfinished();
    }

    /** How many deliveries of a queue were taken over and are not done. */
    public int unfinished(String queue) {
        return of(queue).get() + largeGroups.unfinished(queue);
    }

    /** Whether a batch was committed and is not done; the broker hands over again what came over a lost connection. */
    boolean isAnyCommitted() {
        return notDone.stream().anyMatch(batch -> batch.isCommitted() && !batch.isStale());
    }

    /** How long ago the oldest batch that is not done was handed out, in ms; 0 if there is none. */
    public long busyMs() {
        long now = System.nanoTime();
        return TimeUnit.NANOSECONDS.toMillis(notDone.stream().mapToLong(b -> now - b.begun()).max().orElse(0));
    }

    /** Says that nothing more will be done with a batch. */
    void done(Batch batch) {
        notDone.remove(batch);
        unfinished.addAndGet(-batch.all().size());
        for (BatchItem item : batch.all()) {
            of(item.delivery().queue()).decrementAndGet();
            // What is on its way to many is told when it is over.
            if (item instanceof Delivery delivery && (delivery.fanOut() == null || delivery.fanOut().isOver())) {
                letGo(delivery);
            }
        }
    }

    private void letGo(Delivery delivery) {
        if (delivery.letGo()) {
            intake.remove(delivery.body().length);
        }
    }

    /** Puts a batch of each of its messages in the place of a batch that is not done. */
    List<Batch> takeApart(Batch batch) {
        List<Batch> parts = batch.parts();
        notDone.addAll(parts);
        notDone.remove(batch);
        return parts;
    }

    private AtomicInteger of(String queue) {
        return unfinishedOf.computeIfAbsent(queue, q -> new AtomicInteger());
    }

    /**
     * The next batch, or null if nothing came within that time. For one thread only.
     *
     * @param timeoutMs how long to wait for the first delivery
     */
    public Batch next(long timeoutMs) throws InterruptedException {
        boolean areAnyHeldBack = largeGroups.isAnyWaiting();
        Batch batch;
        if (areAnyHeldBack && (messagesHadTheirTurn || onHold || waiting.isEmpty() || earlyNanos() > 0 || largeGroups.isFull())) {
            batch = largeGroups.next();
            batch.all().forEach(portion -> of(portion.delivery().queue()).incrementAndGet());
            unfinished.addAndGet(batch.all().size());
            messagesHadTheirTurn = false;
        } else {
            batch = onHold ? idle() : messages(areAnyHeldBack ? 0 : timeoutMs);
            messagesHadTheirTurn = true;
        }
        if (batch != null) {
            notDone.add(batch);
        }
        return batch;
    }

    private static Batch idle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
        return null;
    }

    private Batch messages(long timeoutMs) throws InterruptedException {
        Delivery first = waiting.poll(timeoutMs, TimeUnit.MILLISECONDS);
        while (first != null && isGone(first)) {
            first = waiting.poll();
        }
        if (first == null) {
            return null;
        }
        try {
            awaitInterval();
        } catch (InterruptedException e) {
            waiting.addFirst(first);
            throw e;
        }
        List<Delivery> deliveries = new ArrayList<>();
        deliveries.add(first);
        int bytes = first.body().length;
        while (deliveries.size() < maxMessages) {
            Delivery more = waiting.poll();
            if (more == null) {
                break;
            }
            if (isGone(more)) {
                continue;
            }
            bytes += more.body().length;
            if (bytes > maxBytes) {
                waiting.addFirst(more);
                break;
            }
            deliveries.add(more);
        }
        return new Batch(deliveries);
    }

    // The broker hands over again what came over a lost channel. To work on both would store it twice: what comes again is
    // looked for among what is stored when it comes.
    private boolean isGone(Delivery delivery) {
        boolean gone = !delivery.channel().isOpen();
        if (gone) {
            unfinished.decrementAndGet();
            of(delivery.queue()).decrementAndGet();
            letGo(delivery);
        }
        return gone;
    }

    // A flush costs much the same for one message as for ten, so batches in quick succession are made larger.
    private void awaitInterval() throws InterruptedException {
        long early = earlyNanos();
        if (early > 0 && waiting.size() + 1 < maxMessages) {
            TimeUnit.NANOSECONDS.sleep(early);
        }
        begun = System.nanoTime();
    }

    private long earlyNanos() {
        return begun + minIntervalNanos - System.nanoTime();
    }
}
