package chat21.observer.publish;

import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;

/**
 * What the broker has confirmed of one channel's messages, which it numbers from 1 and confirms in any order, one by one
 * or up to a number.
 */
final class Confirms implements ConfirmListener {

    // A broker that is short of memory confirms late; the wait is cut into slices to see a closed channel.
    private static final long SLICE_MS = 1_000;

    private final Channel channel;
    private final BitSet beyond = new BitSet();
    private long confirmed;
    // The lowest number that somebody waits for: nobody is woken for less.
    private long awaited = Long.MAX_VALUE;
    private boolean refused;

    private Confirms(Channel channel) {
        this.channel = channel;
    }

    /** Has the broker confirm what is published on the channel. */
    static Confirms of(Channel channel) throws IOException {
        Confirms confirms = new Confirms(channel);
        channel.confirmSelect();
        channel.addConfirmListener(confirms);
        channel.addShutdownListener(cause -> confirms.wake());
        return confirms;
    }

    @Override
    public synchronized void handleAck(long number, boolean multiple) {
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
    }

    @Override
    public synchronized void handleNack(long number, boolean multiple) {
        refused = true;
        wake();
    }

    private void moveTo(long number) {
        if (number > confirmed) {
            if (!beyond.isEmpty()) {
                int steps = (int) (number - confirmed);
                BitSet left = beyond.get(steps, Math.max(steps, beyond.length()));
                beyond.clear();
                beyond.or(left);
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

    /** Whether all messages up to this number are confirmed. */
    synchronized boolean isDone(long number) {
        return confirmed >= number;
    }

    /** Whether the broker did not take something. */
    synchronized boolean hasRefused() {
        return refused;
    }

    private synchronized void wake() {
        awaited = Long.MAX_VALUE;
        notifyAll();
    }

    /** Returns when all messages up to this number are confirmed. */
    synchronized void await(long number) throws IOException, InterruptedException {
        while (confirmed < number) {
            if (refused) {
                throw new IOException("the broker did not take all messages");
            }
            // Publishing again would double what the broker merely holds back; only a lost channel ends the wait.
            if (!channel.isOpen()) {
                throw new IOException("the channel was closed before the broker confirmed");
            }
            awaited = Math.min(awaited, number);
            wait(SLICE_MS);
        }
    }

    private synchronized void await(long number, long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        long left = timeoutMs;
        while (confirmed < number && !refused && channel.isOpen() && left > 0) {
            awaited = Math.min(awaited, number);
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }
}
