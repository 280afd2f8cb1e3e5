package chat21.observer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

import chat21.observer.engine.batch.Batch;

/** One course of events from a seed: users write, things go wrong, all comes to rest. */
final class World {

    private static final long REST_MS = 60_000;
    private static final long LOOK_NANOS = 50_000_000;

    private final Random random;
    private final Scheduler scheduler;
    private final Plan plan;
    private final Trace trace;
    private final Course course;
    private final SimulatedDatabase database;
    private final SimulatedBroker broker;
    private final List<String> queues;
    private final List<Node> nodes = new ArrayList<>();
    private final Faults faults;
    private int incarnations;
    private double givenUpBefore;

    World(long seed, SimulatedDatabase database, Trace trace) {
        // Seeds that are close to each other begin alike otherwise.
        this.random = new Random(new SplittableRandom(seed).nextLong());
        this.scheduler = new Scheduler(random);
        this.plan = Plan.of(random);
        this.trace = trace;
        this.database = database;
        this.course = new Course(plan.nodes(), trace);
        trace.of(scheduler);
        trace.say("plan", plan);
        queues = IntStream.range(0, plan.queues()).mapToObj(i -> "messages." + i).toList();
        broker = new SimulatedBroker(scheduler, course, plan.prefetch(), queues);
        faults = new Faults(this);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Plan plan() {
        return plan;
    }

    Trace trace() {
        return trace;
    }

    Course course() {
        return course;
    }

    SimulatedDatabase database() {
        return database;
    }

    SimulatedBroker broker() {
        return broker;
    }

    List<String> queues() {
        return queues;
    }

    List<Node> nodes() {
        return nodes;
    }

    Flow.Steps steps(Node node) {
        return faults.steps(node);
    }

    void publishesBy(Link link) {
        faults.publishesBy(link);
    }

    /** Runs it to its end; what must not be is thrown. */
    void run() throws Throwable {
        scheduler.run(() -> {
            database.begin(scheduler, trace);
            try {
                live();
            } finally {
                scheduler.end();
            }
        });
    }

    /** Starts an observer. */
    void startNode() {
        Node node = new Node(this, "node" + ++incarnations, queues, random.nextInt(3) == 0 ? random.nextInt(2_000) : 0);
        nodes.add(node);
        node.start();
    }

    /** Lets one go whose process has ended. */
    void ended(Node node) {
        nodes.remove(node);
        givenUpBefore += node.givenUp();
    }

    private void live() {
        IntStream.range(0, plan.nodes()).forEach(i -> startNode());
        Writers.write(this, random);
        faults.plan(random);
        passUntil(plan.lastingMs() * 1_000_000);
        faults.end();
        trace.say("all goes well from here on", "");
        awaitRest(plan.messages());
        // What an owner that is gone has remembered is forgotten with what comes next.
        queues.forEach(queue -> broker.accept(queue, Writers.last(course.size())));
        awaitRest(plan.messages() + queues.size());
        if (!database.rows("select 1 from stored_batch").isEmpty()) {
            throw new AssertionError("what was stored is still remembered");
        }
        check();
    }

    private void passUntil(long nanos) {
        while (scheduler.now() < nanos) {
            pass();
        }
    }

    private void pass() {
        scheduler.pause(LOOK_NANOS);
        if (scheduler.failure() != null) {
            throw new AssertionError(scheduler.failure());
        }
    }

    // And until what was stored is forgotten.
    private void awaitRest(int messages) {
        long until = scheduler.now() + REST_MS * 1_000_000;
        String restless = restless(messages);
        while (!restless.isEmpty()) {
            if (scheduler.now() > until) {
                throw new AssertionError("not at rest " + REST_MS / 1_000 + " s after all went well again: " + restless);
            }
            pass();
            restless = restless(messages);
        }
        passUntil(scheduler.now() + 2 * Node.REMEMBER_MS * 1_000_000);
    }

    private String restless(int messages) {
        if (course.size() < messages) {
            return "messages are still to come";
        }
        if (faults.isPending()) {
            return "processes are still to start or end";
        }
        if (!broker.isEmpty()) {
            return broker.toString();
        }
        StringBuilder all = new StringBuilder();
        for (Node node : nodes) {
            String of = node.restless();
            if (!of.isEmpty()) {
                all.append(node.host()).append(" has ").append(of);
            }
        }
        return all.toString();
    }

    private void check() {
        Map<String, List<String>> history = new TreeMap<>();
        for (List<String> row : database.rows("select t.timeline_of, t.convers_with, m.payload,"
                + " t.message_id from timeline t join message m on m.message_key = t.message_key order by t.timestamp, t.message_id")) {
            String text = Copy.text(row.get(2));
            history.computeIfAbsent(row.get(0) + '/' + row.get(1), lane -> new ArrayList<>()).add(text);
            course.stored(text, row.get(3));
        }
        course.check(history, givenUpBefore + nodes.stream().mapToDouble(Node::givenUp).sum());
        for (Node node : nodes) {
            if (node.engineThreads().size() < 2) {
                throw new AssertionError("a thread of " + node.host() + " has ended");
            }
        }
    }

    /** What an attempt of a batch is told of. */
    void attempt(Node node, Batch batch) {
        trace.say(node.host() + " attempt " + batch.attempts() + " of " + batch.items().size()
                + (batch.isOfPortions() ? " portions" : " messages") + " from", batch.items().get(0).delivery().tag());
    }
}
