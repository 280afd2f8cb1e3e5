package chat21.observer.api.group;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;

import chat21.observer.api.group.GroupNewsStore.Waiting;
import chat21.observer.engine.publish.PooledPublisher.NotTaken;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Publication;
import chat21.observer.upkeep.Repeated;

/**
 * Tells of changes of groups: at once after each call, and again later what the broker did not take or a process left when
 * it ended. What is told twice has the same id, and so stands in histories once.
 */
final class GroupAnnouncer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupAnnouncer.class);

    private static final int PUBLISHED_AT_ONCE = 1_000;
    // Longer than the broker may take to confirm, and contacts to answer.
    private static final long LEASE_MARGIN_MS = 15_000;
    private static final long LOOK_INTERVAL_MS = 1_000;
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 30_000;
    // What fails while the broker takes messages will hardly get better.
    private static final int MOST_TRIES = 5;

    private final GroupStore groups;
    private final GroupNewsStore store;
    private final GroupStories stories;
    private final Publisher publisher;
    private final long leaseMs;
    private final AtomicBoolean behind = new AtomicBoolean();
    private final AtomicLong lost = new AtomicLong();
    private volatile int waiting;
    private Repeated looking;

    /** Hands messages to the broker, and returns when it has taken all of them. */
    @FunctionalInterface
    interface Publisher {
        void publish(List<Publication> publications) throws IOException, InterruptedException;
    }

    /** @param patienceMs how long publishing may take at most */
    GroupAnnouncer(GroupStore groups, GroupNewsStore store, GroupStories stories, Publisher publisher, long patienceMs) {
        this.groups = groups;
        this.store = store;
        this.stories = stories;
        this.publisher = publisher;
        this.leaseMs = patienceMs + LEASE_MARGIN_MS;
    }

    /** Begins to look for what was left. */
    void start() throws SQLException {
        store.free();
        looking = new Repeated("chat21-group-news", LOOK_INTERVAL_MS, this::tellWhatIsDue);
    }

    /** Tells what waits of a group, in order, unless somebody else is at it; what fails is told later. */
    void tell(String app, String group) throws SQLException {
        tell(new Key(app, group));
    }

    /** Tells what is due of all groups, until something fails. */
    void tellWhatIsDue() throws SQLException {
        waiting = store.count();
        for (Key group : store.due()) {
            if (!tell(group)) {
                return;
            }
        }
    }

    private boolean tell(Key group) throws SQLException {
        for (Waiting next = store.claim(group, leaseMs); next != null; next = store.claim(group, leaseMs)) {
            try {
                publish(next);
            } catch (IOException | AmqpException e) {
                sayThatItIsLater(e);
                store.postpone(next, pause(next.tries()), next.tries() + 1);
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                store.postpone(next, 0, next.tries());
                return false;
            } catch (RuntimeException e) {
                giveUpInTheEnd(next, e);
                continue;
            }
            store.remove(next);
            behind.set(false);
        }
        return true;
    }

    // Once, until it works again.
    private void sayThatItIsLater(Exception e) {
        if (!behind.getAndSet(true)) {
            LOG.warn("What changes in groups is told later, since the broker does not take it: {}", e.getMessage());
        }
    }

    private void publish(Waiting next) throws SQLException, IOException, InterruptedException {
        StoredGroup group = groups.find(next.group().app(), next.group().id());
        if (group != null) {
            stories.tell(group, next.id(), next.news(), new GroupStories.Out() {
                @Override
                public void publish(List<Publication> all) throws IOException, InterruptedException, SQLException {
                    inParts(next, all, publisher);
                }

                @Override
                public void inform(List<Publication> all) throws IOException, InterruptedException, SQLException {
                    inParts(next, all, part -> informOf(part));
                }
            });
        }
    }

    private void inParts(Waiting next, List<Publication> all, Publisher to)
            throws IOException, InterruptedException, SQLException {
        for (int i = 0; i < all.size(); i += PUBLISHED_AT_ONCE) {
            to.publish(all.subList(i, Math.min(i + PUBLISHED_AT_ONCE, all.size())));
            if (all.size() > PUBLISHED_AT_ONCE) {
                store.postpone(next, leaseMs, next.tries());
            }
        }
    }

    private void informOf(List<Publication> part) throws IOException, InterruptedException {
        try {
            publisher.publish(part);
        } catch (NotTaken e) {
            LOG.debug("Somebody's queue took no word of a change of a group");
        }
    }

    private void giveUpInTheEnd(Waiting next, RuntimeException e) throws SQLException {
        if (next.tries() + 1 < MOST_TRIES) {
            store.postpone(next, pause(next.tries()), next.tries() + 1);
        } else {
            LOG.warn("What has changed in group {} of {} cannot be told and is given up: {}", next.group().id(),
                    next.group().app(), e.toString());
            lost.incrementAndGet();
            store.remove(next);
        }
    }

    /** How many changes of all groups were not told when it last looked. */
    int waiting() {
        return waiting;
    }

    /** How many were given up. */
    long lost() {
        return lost.get();
    }

    private static long pause(int tries) {
        return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(tries, 10));
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.close();
        }
    }
}
