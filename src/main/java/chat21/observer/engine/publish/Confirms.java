package chat21.observer.engine.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker has said of one channel's messages, which it numbers from 1 and answers in any order, one by one or up to
 * a number. A message that it did not take counts as confirmed too: what becomes of it is a matter of its lane.
 */
final class Confirms implements ConfirmListener {

    private static final Logger LOG = LoggerFactory.getLogger(Confirms.class);

    // A broker that is short of memory confirms late; the wait is cut into slices to see a closed channel.
    private static final long SLICE_MS = 1_000;
    private static final int ABORT_MS = 1_000;

    private final Channel channel;
    private final Lanes lanes;
    private final BooleanSupplier blocked;
    private final long silenceNanos;
    private final Map<Long, Sent> sent = new HashMap<>();
    private final BitSet beyond = new BitSet();
    private long confirmed;
    private boolean isEnded;
    private long lastAnswer = System.nanoTime();
    // The lowest number that somebody waits for: nobody is woken for less.
    private long awaited = Long.MAX_VALUE;

    private Confirms(Channel channel, Lanes lanes, BooleanSupplier blocked, long silenceMs) {
        this.channel = channel;
        this.lanes = lanes;
        this.blocked = blocked;
        this.silenceNanos = TimeUnit.MILLISECONDS.toNanos(silenceMs);
    }

    /**
     * Has the broker confirm what is published on the channel.
     *
     * @param lanes     are told of what the broker does not take
     * @param blocked   whether the broker has said that it takes nothing now
     * @param silenceMs for how long it may say nothing while something waits for its confirm, unless it is blocked
     */
    static Confirms of(Channel channel, Lanes lanes, BooleanSupplier blocked, long silenceMs) throws IOException {
        Confirms confirms = new Confirms(channel, lanes, blocked, silenceMs);
        channel.confirmSelect();
        channel.addConfirmListener(confirms);
        channel.addShutdownListener(cause -> confirms.end());
        return confirms;
    }

    /** Says what is about to be published under its number. */
    synchronized void sending(Sent next) {
        // The channel may be lost just now; then nothing would ever take it out again.
        if (!isEnded) {
            sent.put(next.number(), next);
        }
    }

    @Override
    public void handleAck(long number, boolean multiple) {
        lanes.taken(answered(number, multiple, true));
    }

    @Override
    public void handleNack(long number, boolean multiple) {
        for (Sent nacked : answered(number, multiple, false)) {
            if (isOvertaken(nacked)) {
                lanes.overtaken(nacked);
            } else {
                lanes.nacked(nacked);
            }
        }
    }

    // Returns those that this answers; none where nobody wants to know of them.
    private synchronized List<Sent> answered(long number, boolean multiple, boolean taken) {
        lastAnswer = System.nanoTime();
        boolean isTold = !taken || lanes.areWatching();
        List<Sent> answered = isTold ? new ArrayList<>() : List.of();
        for (long n = multiple ? confirmed + 1 : number; n <= number; n++) {
            Sent one = sent.get(n);
            if (one != null && !one.isAnswered()) {
                one.answered(taken);
                if (isTold) {
                    answered.add(one);
                }
            }
        }
        if (multiple || number == confirmed + 1) {
            moveTo(number);
        } else if (number > confirmed) {
            beyond.set((int) (number - confirmed - 1));
        }
        if (beyond.get(0)) {
            moveTo(confirmed + beyond.nextClearBit(0));
        }
        if (confirmed >= awaited) {
            wake();
        }
        return answered;
    }

    // Whatever came after it and was taken is further than all that is confirmed.
    private synchronized boolean isOvertaken(Sent nacked) {
        for (int at = beyond.nextSetBit(0); at >= 0; at = beyond.nextSetBit(at + 1)) {
            Sent later = sent.get(confirmed + 1 + at);
            if (later != null && later.isTaken() && later.number() > nacked.number()
                    && later.publication().lane().equals(nacked.publication().lane())) {
                return true;
            }
        }
        return false;
    }

    private void moveTo(long number) {
        if (number > confirmed) {
            if (!beyond.isEmpty()) {
                int steps = (int) (number - confirmed);
                BitSet left = beyond.get(steps, Math.max(steps, beyond.length()));
                beyond.clear();
                beyond.or(left);
            }
            for (long n = confirmed + 1; n <= number; n++) {
                sent.remove(n);
            }
            confirmed = number;
        }
    }

    /** The confirmation of all messages up to this number. */
    Confirmation upTo(long number) {
        return new Confirmation() {
            @Override
            public void await() throws IOException, InterruptedException {
                Confirms.this.await(number);
            }

            @Override
            public void await(long timeoutMs) throws InterruptedException {
                Confirms.this.await(number, timeoutMs);
            }
        };
    }

    /** Whether the broker has said what becomes of all messages up to this number. */
    synchronized boolean isDone(long number) {
        return confirmed >= number;
    }

    // Nothing more is answered.
    private synchronized void end() {
        isEnded = true;
        sent.clear();
        wake();
    }

    private synchronized void wake() {
        awaited = Long.MAX_VALUE;
        notifyAll();
    }

    /** Returns when all messages up to this number are confirmed. */
    void await(long number) throws IOException, InterruptedException {
        if (!isConfirmed(number)) {
            LOG.warn("The broker has not said anything for {} s of what it was given; its connection is opened anew",
                    TimeUnit.NANOSECONDS.toSeconds(silenceNanos));
            channel.getConnection().abort(ABORT_MS);
            throw new IOException("the broker did not confirm in time");
        }
    }

    private synchronized boolean isConfirmed(long number) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (confirmed < number) {
            // Publishing again would double what the broker merely holds back; only a lost channel ends the wait.
            if (!channel.isOpen()) {
                throw new IOException("the channel was closed before the broker confirmed");
            }
            long now = System.nanoTime();
            if (blocked.getAsBoolean()) {
                lastAnswer = now;
            } else if (now - lastAnswer > silenceNanos && now - begun > silenceNanos) {
                return false;
            }
            awaited = Math.min(awaited, number);
            wait(SLICE_MS);
        }
        return true;
    }

    private synchronized void await(long number, long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        long left = timeoutMs;
        while (confirmed < number && channel.isOpen() && left > 0) {
            awaited = Math.min(awaited, number);
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }
}
