package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;

/**
 * Direct and group messages at a steady rate, and the count of what became of them: lost, doubled or out of order, in the
 * live copies and in the stored history of every inbox.
 */
final class Traffic implements AutoCloseable {

    private static final int TICK_MS = 20;
    private static final String GROUP = "group-1";

    private final TestBroker broker;
    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<Talk> talks = new ArrayList<>();
    // Each inbox hears one sender, so that the numbers in it must grow.
    private final Map<Inbox, Talk> inboxes = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Connection listening;
    private Connection sending;
    private double due;
    private int turn;

    private Traffic(TestBroker broker, TestDatabase database, int pairs) {
        this.broker = broker;
        addPair("alice", "bob");
        addPair("carol", "bob");
        addGroup(database);
        for (int i = 0; i < pairs; i++) {
            addPair("sender" + i, "recipient" + i);
        }
    }

    private void addPair(String sender, String recipient) {
        Talk talk = new Talk(app, sender, recipient);
        talks.add(talk);
        inboxes.put(new Inbox(app, sender, recipient), talk);
        inboxes.put(new Inbox(app, recipient, sender), talk);
    }

    private void addGroup(TestDatabase database) {
        Talk talk = new Talk(app, "alice", GROUP);
        talks.add(talk);
        database.change("insert into chat_group (app_id, group_id, name, created_on, updated_on) values (?, ?, '', 0, 0)",
                app, GROUP);
        for (String member : List.of("alice", "bob", "dave")) {
            database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, ?)", app, GROUP, member);
            inboxes.put(new Inbox(app, member, GROUP), talk);
        }
    }

    /** Begins to send, {@link Faults#PER_SECOND} messages a second. */
    static Traffic start(TestBroker broker, TestDatabase database) {
        return start(broker, database, 0);
    }

    /**
     * Begins to send, as many messages a second in all.
     *
     * @param pairs how many more pairs of users write to each other, so that their messages take many queues
     */
    static Traffic start(TestBroker broker, TestDatabase database, int pairs) {
        try {
            Traffic traffic = new Traffic(broker, database, pairs);
            traffic.listen();
            traffic.clock.scheduleAtFixedRate(traffic::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
            return traffic;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The app in which all of it happens. */
    String app() {
        return app;
    }

    /** Waits until so many more messages were accepted. */
    void awaitMore(int count) {
        int goal = accepted() + count;
        await("accepted").until(() -> accepted() >= goal);
    }

    /** How many messages the broker has accepted. */
    int accepted() {
        return talks.stream().mapToInt(Talk::count).sum();
    }

    /** Waits until each inbox gets messages that were sent from now on. */
    void awaitFlow() {
        awaitFlow(Patience.seconds(90));
    }

    /**
     * Waits until each inbox gets messages that were sent from now on.
     *
     * @param atMost how long to wait, with some patience on top, so that whoever calls can say how long it took
     * @return how long it took until each inbox got something, which may have waited since earlier
     */
    Duration awaitFlow(Duration atMost) {
        long start = System.nanoTime();
        Map<Talk, Integer> before = new HashMap<>();
        talks.forEach(talk -> before.put(talk, talk.last()));
        Map<Inbox, Integer> got = new HashMap<>();
        inboxes.keySet().forEach(inbox -> got.put(inbox, inbox.live().size()));
        await("messages flow").pollInterval(Duration.ofMillis(50)).until(
                () -> got.entrySet().stream().allMatch(e -> e.getKey().live().size() > e.getValue()));
        Duration flow = Duration.ofNanos(System.nanoTime() - start);
        await("new messages arrive").atMost(atMost.plus(Patience.seconds(90))).pollInterval(Duration.ofMillis(50))
                .until(() -> inboxes.entrySet().stream().allMatch(
                        e -> e.getKey().live().stream().anyMatch(copy -> copy.number() > before.get(e.getValue()))));
        return flow;
    }

    /** Sends no more, waits until all has arrived, and counts what went wrong. */
    void assertNothingLostDoubledOrOutOfOrder(TestDatabase database) {
        stop();
        for (Map.Entry<Inbox, Talk> e : inboxes.entrySet()) {
            Set<Integer> accepted = e.getValue().accepted();
            await("live copies of " + e.getKey()).pollInterval(Duration.ofMillis(200)).untilAsserted(
                    () -> assertThat(missing(accepted, e.getKey().live())).as("lost to " + e.getKey()).isEmpty());
            List<Copy> stored = e.getKey().stored(database);
            assertThat(missing(accepted, stored)).as("lost from the history of " + e.getKey()).isEmpty();
            assertThat(stored.stream().map(Copy::number).toList()).as("the history of " + e.getKey())
                    .isSorted().doesNotHaveDuplicates();
            assertCopies(e.getKey(), stored);
        }
    }

    // A copy may come twice, with the id that the history has; the first one of each in order.
    private static void assertCopies(Inbox inbox, List<Copy> stored) {
        Map<Integer, String> ids = new HashMap<>();
        stored.forEach(copy -> ids.put(copy.number(), copy.messageId()));
        Set<Integer> seen = new HashSet<>();
        List<Integer> firsts = new ArrayList<>();
        for (Copy copy : inbox.live()) {
            assertThat(copy.messageId()).as("the id of a copy of %d to %s", copy.number(), inbox)
                    .isEqualTo(ids.get(copy.number()));
            if (seen.add(copy.number())) {
                firsts.add(copy.number());
            }
        }
        assertThat(firsts).as("live copies of " + inbox).isSorted();
    }

    /** How many copies came more than once. */
    int doubledCopies() {
        return inboxes.keySet().stream().mapToInt(inbox -> inbox.live().size() - new HashSet<>(inbox.live()).size()).sum();
    }

    private void stop() {
        clock.shutdown();
        await().until(clock::isTerminated);
        await("answers").until(() -> talks.stream().allMatch(Talk::hasAnswers));
    }

    private static Set<Integer> missing(Set<Integer> accepted, List<Copy> copies) {
        Set<Integer> missing = new HashSet<>(accepted);
        copies.forEach(copy -> missing.remove(copy.number()));
        return missing;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            for (Inbox inbox : inboxes.keySet()) {
                if (listening.isOpen()) {
                    inbox.remove(listening);
                }
            }
        } catch (IOException | AlreadyClosedException e) {
            // The broker has gone with its queues.
            assertThat(e).isNotNull();
        }
        listening.abort(5_000);
        if (sending != null) {
            sending.abort(5_000);
        }
    }

    private void listen() throws IOException {
        ConnectionFactory factory = factory();
        // The client's own recovery declares and consumes again.
        factory.setAutomaticRecoveryEnabled(true);
        factory.setNetworkRecoveryInterval(200);
        listening = connect(factory, "faults-listen");
        for (Inbox inbox : inboxes.keySet()) {
            inbox.listen(listening);
        }
    }

    private void tick() {
        try {
            if (sending == null || !sending.isOpen()) {
                sending = connect(factory(), "faults-send");
            }
            for (Talk talk : talks) {
                if (talk.isCutOff()) {
                    talk.use(sending.createChannel());
                }
            }
            for (due += Faults.PER_SECOND * TICK_MS / 1_000.0; due >= 1; due--) {
                talks.get(turn++ % talks.size()).send();
            }
        } catch (IOException | AlreadyClosedException | IllegalStateException e) {
            // The broker is away; the next tick tries again, and what it did not take is not sent again.
            due = 0;
        }
    }

    private ConnectionFactory factory() {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(broker.amqpUri());
            factory.setAutomaticRecoveryEnabled(false);
            return factory;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(ConnectionFactory factory, String name) throws IOException {
        try {
            return factory.newConnection(name);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        }
    }
}
