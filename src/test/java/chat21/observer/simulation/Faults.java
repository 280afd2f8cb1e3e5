package chat21.observer.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import chat21.observer.engine.batch.Batch;

/** What goes wrong in a world, and when. */
final class Faults {

    private static final long MS = 1_000_000;
    // Attempts of one process in a second after which something is tried without a pause.
    private static final int MOST_ATTEMPTS = 150;

    private final World world;
    private final Scheduler scheduler;
    private long cutsUntil;
    private double failingSteps;
    private double errors;
    private int pending;

    /** What can go wrong, at a time and for a while. */
    private enum Fault {
        CUT_RECEIVING, CUT_PUBLISHING, CUT_EACH_PUBLISHING, CLOSE_CHANNEL, STALL_PUBLISHING, BLOCK_PUBLISHING, RESTART_BROKER, STOP_DATABASE,
        CUT_DATABASE, FAIL_DATABASE, STALL_DATABASE, KILL, STOP, STAND_STILL, REFUSE_COPIES, REFUSE_COPIES_FOR_GOOD, THROW_ERRORS,
        FAIL_STEPS, INTERRUPT, EXCHANGE_ROUTES
    }

    // Equal messages are told apart by what a process knows, and by that after one loss of a channel.
    private static final Set<Fault> NOT_AMONG_EQUALS = EnumSet.of(Fault.KILL, Fault.STOP, Fault.STAND_STILL, Fault.THROW_ERRORS);
    private static final Set<Fault> LOSING_CHANNELS = EnumSet.of(Fault.CUT_RECEIVING, Fault.CLOSE_CHANNEL, Fault.RESTART_BROKER);

    Faults(World world) {
        this.world = world;
        this.scheduler = world.scheduler();
    }

    void plan(Random random) {
        boolean loses = false;
        for (int i = 0; i < world.plan().faults(); i++) {
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            if (world.plan().equal() && (NOT_AMONG_EQUALS.contains(fault) || LOSING_CHANNELS.contains(fault) && loses)) {
                continue;
            }
            loses |= LOSING_CHANNELS.contains(fault);
            long at = (long) (random.nextDouble() * world.plan().lastingMs() * MS);
            long lasting = (1 + (long) (random.nextDouble() * random.nextDouble() * 2_000)) * MS;
            scheduler.after(at, null, () -> {
                world.trace().say("FAULT " + fault + " for " + lasting / MS + " ms", "");
                begin(fault, lasting, random);
            });
        }
    }

    /** Nothing goes wrong from here on, but what is full for good. */
    void end() {
        cutsUntil = 0;
        failingSteps = 0;
        errors = 0;
        world.database().comeUp();
        world.database().fail(0, 0);
        world.broker().comeUp();
        world.broker().endRefusing();
    }

    private void begin(Fault fault, long lasting, Random random) {
        SimulatedDatabase database = world.database();
        SimulatedBroker broker = world.broker();
        Node node = world.nodes().isEmpty() ? null : world.nodes().get(random.nextInt(world.nodes().size()));
        switch (fault) {
            case CUT_RECEIVING -> cut(node, false, random);
            case CUT_PUBLISHING -> cut(node, true, random);
            case CUT_EACH_PUBLISHING -> {
                world.course().mayRepeat();
                cutsUntil = scheduler.now() + lasting;
            }
            case CLOSE_CHANNEL -> closeChannel(node, random);
            case STALL_PUBLISHING, BLOCK_PUBLISHING -> stall(node, lasting * 3, fault == Fault.BLOCK_PUBLISHING);
            case RESTART_BROKER -> {
                broker.goDown();
                List.copyOf(world.nodes()).forEach(each -> {
                    cut(each, false, random);
                    cut(each, true, random);
                });
                scheduler.after(lasting, null, broker::comeUp);
            }
            case STOP_DATABASE -> {
                database.goDown();
                scheduler.after(lasting, null, database::comeUp);
            }
            case CUT_DATABASE -> database.cut();
            case FAIL_DATABASE -> {
                database.fail(0.2, 0);
                scheduler.after(lasting, null, () -> database.fail(0, 0));
            }
            case THROW_ERRORS -> {
                world.course().mayRepeat();
                database.fail(0, 0.1);
                errors = 0.05;
                scheduler.after(lasting, null, () -> {
                    database.fail(0, 0);
                    errors = 0;
                });
            }
            case STALL_DATABASE -> database.stall(lasting);
            case KILL -> kill(node, lasting);
            case STOP -> stop(node, lasting);
            case STAND_STILL -> standStill(node, lasting, random);
            case REFUSE_COPIES, REFUSE_COPIES_FOR_GOOD -> broker.refuse(random.nextInt(3), fault == Fault.REFUSE_COPIES
                    ? scheduler.now() + lasting : Long.MAX_VALUE);
            case FAIL_STEPS -> {
                failingSteps = random.nextBoolean() ? 1 : 0.1;
                scheduler.after(lasting, null, () -> failingSteps = 0);
            }
            case INTERRUPT -> interrupt(node, random);
            case EXCHANGE_ROUTES -> exchangeRoutes(node);
        }
    }

    private void cut(Node node, boolean ofPublishers, Random random) {
        Link link = node == null ? null : node.link(ofPublishers);
        if (link != null) {
            world.course().mayRepeat();
            link.cut(random.nextInt(4) == 0 ? random.nextInt(1_000) * MS : random.nextInt(3) * MS,
                    !world.plan().equal() && random.nextBoolean());
        }
    }

    /** A process publishes by a new connection. */
    void publishesBy(Link link) {
        if (scheduler.now() < cutsUntil) {
            world.course().mayRepeat();
            scheduler.after(scheduler.between(MS / 2, 2 * MS), null, () -> link.cut(0, true));
        }
    }

    private void closeChannel(Node node, Random random) {
        SimulatedChannel channel = node == null ? null
                : node.consumer(world.queues().get(random.nextInt(world.queues().size())));
        if (channel != null && channel.isOpen()) {
            channel.closeAtBroker(random.nextInt(20) * MS);
        }
    }

    private void stall(Node node, long lasting, boolean says) {
        if (node != null && node.link(true) != null) {
            world.course().mayRepeat();
            node.link(true).stall(lasting, says);
        }
    }

    private void kill(Node node, long lasting) {
        if (node != null && node.isRunning()) {
            node.kill();
            restart(node, lasting);
        }
    }

    private void stop(Node node, long lasting) {
        if (node != null && node.isRunning()) {
            pending++;
            node.stop(() -> {
                pending--;
                restart(node, lasting);
            });
        }
    }

    private void restart(Node node, long lasting) {
        world.ended(node);
        pending++;
        scheduler.after(lasting, null, () -> {
            pending--;
            world.startNode();
        });
    }

    // Broker and database give up what does not answer, sooner or later.
    private void standStill(Node node, long lasting, Random random) {
        if (node == null || !node.isRunning()) {
            return;
        }
        node.host().standStill(scheduler.now() + lasting);
        if (random.nextBoolean()) {
            scheduler.after(lasting * random.nextInt(100) / 100, null, () -> {
                cut(node, false, random);
                cut(node, true, random);
            });
        }
        if (random.nextBoolean()) {
            scheduler.after(lasting * random.nextInt(100) / 100, null, () -> world.database().leave(node.host()));
        }
    }

    private void interrupt(Node node, Random random) {
        List<Object> tasks = node == null ? List.of() : node.engineThreads();
        if (!tasks.isEmpty() && node.isRunning()) {
            scheduler.interrupt(tasks.get(random.nextInt(tasks.size())));
        }
    }

    private void exchangeRoutes(Node node) {
        if (node != null && node.isRunning()) {
            scheduler.start("exchange", new Object(), node.host(), () -> {
                try {
                    node.gate().between(500, () -> scheduler.pause(scheduler.between(MS, 50 * MS)));
                } catch (TimeoutException e) {
                    world.trace().say("routes are not exchanged:", e.getMessage());
                }
            });
        }
    }

    /** Whether a process has yet to end or to start. */
    boolean isPending() {
        return pending > 0;
    }

    /** What the steps of a process's routes do beside their work. */
    Flow.Steps steps(Node node) {
        List<Long> attempts = new ArrayList<>();
        return new Flow.Steps() {
            @Override
            public void begin(Batch batch) {
                world.attempt(node, batch);
                attempts.removeIf(at -> at < scheduler.now() - 1_000 * MS);
                if (batch.isRetry()) {
                    attempts.add(scheduler.now());
                }
                if (attempts.size() > MOST_ATTEMPTS) {
                    scheduler.fail(new AssertionError(node.host() + " makes " + attempts.size() + " attempts in a second"));
                    scheduler.pause(MS);
                }
            }

            @Override
            public boolean passErrorsOn() {
                return scheduler.random().nextInt(3) == 0;
            }

            @Override
            public void before(String step) {
                double chance = scheduler.random().nextDouble();
                if (chance < errors) {
                    throw new SimulatedError();
                }
                if (chance < failingSteps) {
                    throw new IllegalStateException(step + " is made to fail");
                }
            }
        };
    }

}
