package chat21.observer.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import chat21.observer.database.Database;
import chat21.observer.engine.batch.Acknowledger;
import chat21.observer.engine.batch.BatchPublisher;
import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.batch.BatchRunner;
import chat21.observer.engine.batch.FlowGate;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.batch.RetrySettings;
import chat21.observer.engine.batch.Unacknowledged;
import chat21.observer.engine.publish.ConfirmedPublisher;
import chat21.observer.engine.publish.Tries;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.engine.redelivery.RedeliveryLog;
import chat21.observer.engine.refuse.DeadLetters;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.MessageIds;

/** An observer from its start to its end: the engine as it is wired for production, at simulated edges. */
final class Node {

    static final long STOP_TIMEOUT_MS = 4_000;
    static final long REMEMBER_MS = 3_000;
    private static final long LAST_TRY_MS = 1_000;

    private final World world;
    private final Scheduler scheduler;
    private final Host host;
    private final long ahead;
    private final List<String> queues;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BatchQueue batchQueue;
    private final LargeGroups largeGroups;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final MessageIds ids;
    private final BatchPublisher publisher;
    private final List<ConfirmedPublisher> publishers;
    private final RedeliveryLog redeliveryLog;
    private final QueueOwners owners;
    private final FlowGate gate;
    private final Acknowledger acknowledger;
    private final BatchRunner runner;
    private final Map<String, SimulatedChannel> consumers = new HashMap<>();
    private Link receiving;
    private Link publishing;
    private boolean ends;

    /**
     * Makes one that does nothing yet.
     *
     * @param ahead how much its clock is ahead, in ms
     */
    Node(World world, String name, List<String> queues, long ahead) {
        this.world = world;
        this.scheduler = world.scheduler();
        this.host = new Host(name);
        this.queues = queues;
        this.ahead = ahead;
        Plan plan = world.plan();
        Database database = world.database().of(host);
        largeGroups = new LargeGroups(plan.maxCopies(), plan.mostHeld());
        batchQueue = new BatchQueue(plan.maxMessages(), 100_000, plan.minIntervalMs(), largeGroups);
        ids = new MessageIds(clock());
        owners = new QueueOwners(database, name, Set.of());
        redeliveryLog = new RedeliveryLog(database, ids, owners, largeGroups, unacknowledged, REMEMBER_MS);
        ConnectionFactory connections = SimulatedChannel.of(ConnectionFactory.class, (self, method, arguments) -> connection());
        publishers = List.of(publisher(connections, "inboxes"), publisher(connections, "events"));
        publisher = new BatchPublisher("amq.topic", new DeadLetters("dead", 10_000), publishers.get(0), publishers.get(1),
                List::iterator);
        acknowledger = new Acknowledger(unacknowledged);
        gate = new FlowGate(Flow.of(database, clock(), owners, redeliveryLog, largeGroups, publisher, acknowledger,
                world.steps(this)), batchQueue);
        runner = new BatchRunner(batchQueue, gate, acknowledger, redeliveryLog::forget,
                new RetrySettings(3, 20, 500, REMEMBER_MS, STOP_TIMEOUT_MS), meters);
    }

    private ConfirmedPublisher publisher(ConnectionFactory connections, String kind) {
        return new ConfirmedPublisher(connections, kind, new Tries(3, 20, 200), 2_000, meters);
    }

    Host host() {
        return host;
    }

    FlowGate gate() {
        return gate;
    }

    boolean isRunning() {
        return !host.isDead() && !ends;
    }

    void start() {
        scheduler.start("start", new Object(), host, () -> {
            runner.start();
            connect();
        });
    }

    // As the component does: once the connection is there, each queue's consumer begins; what ends begins anew.
    private void connect() {
        if (!isRunning()) {
            return;
        }
        if (world.broker().isDown()) {
            scheduler.after(scheduler.between(20_000_000, 200_000_000), host, this::connect);
            return;
        }
        receiving = new Link(scheduler, host, this::connectLater);
        queues.forEach(this::consume);
    }

    private void connectLater() {
        scheduler.after(scheduler.between(5_000_000, 200_000_000), host, this::connect);
    }

    private void consume(String queue) {
        Link link = receiving;
        SimulatedChannel channel = world.broker().consume(queue, link, this::take);
        consumers.put(queue, channel);
        channel.whenClosedHere(() -> scheduler.after(scheduler.between(1_000_000, 100_000_000), host, () -> {
            if (isRunning() && link == receiving && link.isOpen()) {
                consume(queue);
            }
        }));
    }

    private void take(String queue, SentMessage message, boolean redelivered, SimulatedChannel channel, long tag) {
        Delivery delivery = new Delivery(queue, message.routingKey(), message.body(), redelivered, channel.proxy(), tag,
                ids.now(), ids.next());
        unacknowledged.add(delivery);
        batchQueue.add(delivery);
    }

    private Connection connection() {
        Scheduler.current();
        if (publishing == null || !publishing.isOpen()) {
            if (world.broker().isDown()) {
                throw new AmqpConnectException(new java.net.ConnectException("refused"));
            }
            publishing = new Link(scheduler, host, () -> { });
            world.publishesBy(publishing);
        }
        Link link = publishing;
        return SimulatedChannel.of(Connection.class, (self, method, arguments) -> world.broker().publisher(link).wrapped());
    }

    /** The connection that it consumes by or that it publishes by; null where it has none. */
    Link link(boolean ofPublishers) {
        Link link = ofPublishers ? publishing : receiving;
        return link == null || !link.isOpen() ? null : link;
    }

    /** The channel by which it consumes a queue, or null. */
    SimulatedChannel consumer(String queue) {
        return consumers.get(queue);
    }

    void kill() {
        scheduler.kill(host);
        world.course().processEnded();
        world.database().leave(host);
        end();
    }

    private void end() {
        for (Link link : new Link[] {receiving, publishing}) {
            if (link != null) {
                link.endWithProcess();
            }
        }
    }

    /** Asks it to end, and tells when it has. */
    void stop(Runnable whenEnded) {
        ends = true;
        long asked = scheduler.now();
        scheduler.start("stop", new Object(), host, () -> {
            runner.stop();
            boolean wasHeldUp = host.stillUntil() > asked || world.database().wasStalled(asked)
                    || publishing != null && publishing.wasStalled(asked);
            if (!engineThreads().isEmpty() && !wasHeldUp) {
                scheduler.fail(new AssertionError(host + " has stopped, but its threads go on"));
            }
            try {
                publisher.finish(LAST_TRY_MS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            publishers.forEach(ConfirmedPublisher::close);
            long took = (scheduler.now() - asked) / 1_000_000;
            if (took > STOP_TIMEOUT_MS + LAST_TRY_MS + 100 && !wasHeldUp) {
                scheduler.fail(new AssertionError(host + " took " + took + " ms to stop"));
            }
            scheduler.after(0, null, () -> {
                kill();
                whenEnded.run();
            });
        });
    }

    double givenUp() {
        return meters.find("chat21_publications_given_up").counters().stream().mapToDouble(Counter::count).sum();
    }

    /** What is not at rest, or an empty text. */
    String restless() {
        StringBuilder all = new StringBuilder();
        say(all, "waiting", batchQueue.size());
        say(all, "unfinished", batchQueue.unfinished());
        queues.forEach(queue -> say(all, "unfinished of " + queue, batchQueue.unfinished(queue)));
        say(all, "bytes", batchQueue.bytes());
        say(all, "held back", batchQueue.heldBack());
        say(all, "ms busy", batchQueue.busyMs());
        Kept.in(List.of(batchQueue, largeGroups, publisher, acknowledger, runner, gate)).forEach((what, many) ->
                say(all, what, many));
        return all.toString();
    }

    private static void say(StringBuilder all, String what, long many) {
        if (many != 0) {
            all.append(what).append(": ").append(many).append("; ");
        }
    }

    /** The engine's threads that are there. */
    List<Object> engineThreads() {
        return scheduler.keysOf(host).stream().filter(Thread.class::isInstance).toList();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(millis());
            }

            @Override
            public long millis() {
                return 1_750_000_000_000L + ahead + scheduler.now() / 1_000_000;
            }
        };
    }

}
