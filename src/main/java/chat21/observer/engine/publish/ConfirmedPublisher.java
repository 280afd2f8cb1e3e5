package chat21.observer.engine.publish;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import chat21.observer.internals.rabbitmq.BundlingConnection;
import chat21.observer.message.Publication;
import chat21.observer.settings.Settings;

/**
 * Publishes many messages at a time, whose confirms can be awaited later and by another thread. It keeps one channel. What
 * the broker does not take it tries again by itself ({@link Lanes}), and confirms meanwhile.
 */
public final class ConfirmedPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);
    // How often it looks what is to be tried again, while anything is.
    private static final long LOOK_MS = 10;
    // How old a channel is at least when it is replaced by another one, which may be able to do what it cannot.
    private static final long RENEW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ConnectionFactory connections;
    private final long silenceMs;
    private final Untaken untaken;
    private final Lanes lanes;
    private final ExecutorService looking;
    private Channel channel;
    private Confirms confirms;
    // Up to there something belongs to what somebody publishes again if it is lost.
    private long handedOver;
    // Whether something of that is lost, and whoever publishes next has yet to hear of it.
    private boolean isLost;
    private long openedAt;

    /**
     * @param connections those that {@code Connections} prepared
     * @param kind        what it publishes, in a word
     * @param tries       how often something is tried again
     * @param silenceMs   after what silence of the broker its connection is opened anew, in ms
     */
    public ConfirmedPublisher(ConnectionFactory connections, String kind, Tries tries, long silenceMs,
            MeterRegistry meters) {
        this.connections = connections;
        this.silenceMs = silenceMs;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("chat21-tries-" + kind + "-");
        threads.setDaemon(true);
        this.looking = Executors.newSingleThreadExecutor(threads);
        this.untaken = new Untaken(meters);
        this.lanes = new Lanes(tries, untaken, () -> looking.execute(this::tryAgainWhileAnyIsHeld));
    }

    /** One that tries as often, and waits as long, as the settings say. */
    public static ConfirmedPublisher from(Settings settings, ConnectionFactory connections, String kind,
            MeterRegistry meters) {
        return new ConfirmedPublisher(connections, kind, new Tries(settings.number("chat21.retry.max-tries"),
                settings.millis("chat21.retry.first-pause-ms"),
                settings.millis("chat21.retry.max-pause-ms")),
                settings.millis("chat21.broker.confirm-timeout-ms"), meters);
    }

    /**
     * Hands the messages to the broker, in order.
     *
     * @return what it still has to confirm
     * @throws IOException if the connection is lost, now or since what is yet unconfirmed was handed over: whoever
     *                     publishes that again keeps the order by doing so first
     */
    public Confirmation publish(List<Publication> publications) throws IOException {
        return publish(publications.iterator());
    }

    /** Does so with messages that are made as their turn comes. */
    public synchronized Confirmation publish(Iterator<Publication> publications) throws IOException {
        if (!publications.hasNext()) {
            return Confirmation.NONE;
        }
        leaveLost();
        if (isLost) {
            isLost = false;
            throw new IOException("the channel was lost, and with it perhaps what was published before");
        }
        // One channel for all: another one would know nothing of what the first leaves unconfirmed.
        Channel open = openChannel();
        Confirms of = confirms;
        Handover handover = new Handover();
        boolean isDone = false;
        try (BundlingConnection.Bundle bundle = BundlingConnection.bundleOn(open)) {
            while (publications.hasNext()) {
                Publication next = publications.next();
                if (!lanes.areHeld() || !lanes.hold(next, handover)) {
                    send(open, next, handover);
                }
            }
            isDone = true;
        } finally {
            handedOver = open.getNextPublishSeqNo() - 1;
            if (isDone) {
                handover.end(handedOver);
            } else {
                lanes.forget(handover);
            }
        }
        return of.upTo(handedOver);
    }

    private Sent send(Channel open, Publication publication, Handover handover) throws IOException {
        Sent sent = new Sent(publication, handover, open.getNextPublishSeqNo());
        confirms.sending(sent);
        open.basicPublish(publication.exchange(), publication.routingKey(), publication.properties(), publication.body());
        return sent;
    }

    private void tryAgainWhileAnyIsHeld() {
        try {
            while (lanes.areHeld()) {
                try {
                    tryAgain();
                } catch (IOException | RuntimeException | Error e) {
                    LOG.debug("What the broker did not take is tried again later", e);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        } catch (InterruptedException e) {
            // It is closed.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tryAgain() throws IOException {
        leaveLost();
        Channel open = openChannel();
        Iterator<Lanes.Due> due = lanes.due(open.getNextPublishSeqNo() - 1, confirms::isDone).iterator();
        try (BundlingConnection.Bundle bundle = BundlingConnection.bundleOn(open)) {
            while (due.hasNext()) {
                Lanes.Due next = due.next();
                next.isHandedOver(send(open, next.sent().publication(), next.sent().handover()));
            }
        } finally {
            due.forEachRemaining(left -> {
                if (left.lane() == null) {
                    untaken.refused(left.sent().publication());
                }
            });
        }
    }

    private void leaveLost() {
        if (channel != null && (!channel.isOpen() || mayBeStuck())) {
            isLost |= !confirms.isDone(handedOver);
            lanes.lost(confirms::isDone);
            abort();
        }
    }

    private Channel openChannel() throws IOException {
        if (channel == null) {
            // Spring's own channels reopen behind one's back, and then without confirms; asking for one reopens a lost
            // connection, though.
            Channel fresh = ((ChannelProxy) connections.createConnection().createChannel(false)).getTargetChannel();
            // The connection may be lost before the broker has answered; then there is no channel yet.
            confirms = Confirms.of(fresh, lanes, BundlingConnection.blocking(fresh), silenceMs);
            channel = fresh;
            handedOver = 0;
            openedAt = System.nanoTime();
        }
        return channel;
    }

    // A channel of RabbitMQ 3.10 that first speaks of a quorum queue while that has no leader never finds the next one, and
    // takes nothing for it any more. Once nothing is on its way another one can take its place.
    private boolean mayBeStuck() {
        return lanes.areWatching() && System.nanoTime() - openedAt > RENEW_NANOS
                && confirms.isDone(channel.getNextPublishSeqNo() - 1);
    }

    /** Returns once nothing waits any more to be tried again, without more pauses; but after that time at the latest. */
    public void finish(long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        lanes.giveUp();
        while (lanes.areHeld() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        synchronized (this) {
            abort();
        }
    }

    private void abort() {
        if (channel != null) {
            try {
                channel.abort();
            } catch (IOException | RuntimeException e) {
                // It is closed or its connection lost: either way it is gone.
                LOG.debug("channel not closed", e);
            }
        }
        channel = null;
        confirms = null;
    }
}
