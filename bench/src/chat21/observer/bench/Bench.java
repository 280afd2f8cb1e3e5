package chat21.observer.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code bin/bench}. */
@Command(name = "bin/bench", sortOptions = false,
        description = "Measures the observer beside a bare relay, each on a private broker, and what else is named.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:each message came, and in order", "1:messages were lost or out of order, or nothing was measured",
            "2:wrong options"})
final class Bench implements Callable<Integer> {

    @Option(names = "--target", split = ",", paramLabel = "TARGET", defaultValue = "relay,observer",
            description = "relay, observer, or the AMQP URI of a system that runs already; after observer, in this order and as "
                    + "wanted, -postgres, -filled (with what --stored says), -2-nodes (which share 4 partitions), -without:STEP "
                    + "(a step's id, or several with a + between them, to see what it costs) (default: ${DEFAULT-VALUE})")
    private List<Target> targets;

    @Option(names = "--command", paramLabel = "COMMAND",
            description = "another system to measure: its command line, which finds its broker in RABBITMQ_URI")
    private List<String> commands = new ArrayList<>();

    @Option(names = "--command-name", paramLabel = "NAME",
            description = "its name in the report; with several, in the order of the commands (default: other)")
    private List<String> commandNames = new ArrayList<>();

    @Option(names = "--phases", split = ",", paramLabel = "LOAD", defaultValue = Phase.DEFAULTS,
            description = "loads: direct@500 sends 500 messages a second, group100:50 keeps 50 messages to groups of 100 on "
                    + "the way, cold@100 is direct@100 in the first 5 s after the start, direct@200+group5000 sends one to a group of 5000 each second besides, reads@200 asks an "
                    + "observer that has stored much 200 times a second for lists of conversations "
                    + "and pages of histories, webhooks@5 sends an observer five direct messages a second, which a back end "
                    + "refuses, and one that it wants every 5 s, beside an endpoint that is dead, "
                    + "connects@1000 asks the gate what the broker asks for 1,000 clients a second, "
                    + "logins@50 logs in 50 MQTT clients a second with the gate and without, storm@2000 lets 2,000 come back at "
                    + "once when the broker was away (default: ${DEFAULT-VALUE})")
    private List<AskedLoad> loads;

    @Option(names = "--seconds", paramLabel = "N", description = "that each load counts (default: 10, with --quick 2)")
    private Integer seconds;

    @Option(names = "--stored", paramLabel = "N",
            description = "messages that are stored before, where a target is filled (default: 1000000, with --quick 20000)")
    private Integer stored;

    @Option(names = "--users", paramLabel = "N", description = "among whom these are (default: one for 100 messages)")
    private Integer users;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "1",
            description = "how often each load is measured; of these the round counts that other processes disturbed least")
    private int rounds;

    @Option(names = "--quick", description = "a short run to see that all works; its figures say little")
    private boolean quick;

    @Option(names = "--observer-options", split = " ", paramLabel = "OPTIONS",
            defaultValue = "${env:JAVA_OPTS:-@bin/java.options}",
            description = "options of the observer's JVM (default: JAVA_OPTS, else as in bin/run: ${DEFAULT-VALUE})")
    private List<String> observerOptions;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/bench",
            description = "folder for bench.md, bench.json, bench.svg and logs (default: ${DEFAULT-VALUE})")
    private Path out;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "says this")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .registerConverter(Target.class, Target::parse)
                .registerConverter(AskedLoad.class, AskedLoad::parse)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    System.err.println("bin/bench: " + failure);
                    return 1;
                });
    }

    @Override
    public Integer call() throws Exception {
        Quiet.libraries();
        List<Target> all = all();
        Path root = Path.of("").toAbsolutePath();
        Path logs = out.toAbsolutePath().resolve("log");
        Path runs = root.resolve("target/bench-run");
        Files.createDirectories(logs);
        RunFolder.sweep(root, runs, logs.resolve("sweep.log"));

        Timing timing = quick ? Timing.quick(seconds == null ? 2 : seconds) : Timing.full(seconds == null ? 10 : seconds);
        Surroundings around = new Surroundings(root, RunFolder.create(runs), logs, new Ports(), observerOptions, population());
        List<Phase> phases = loads.stream().map(AskedLoad::phase).filter(Objects::nonNull).toList();
        Results results = null;
        try {
            if (!phases.isEmpty()) {
                try (Session session = new Session(around, all, timing, rounds)) {
                    session.start(phases);
                    results = session.results();
                    session.measure(phases, results);
                }
            }
            if (loads.stream().anyMatch(load -> load.reads() != null)) {
                results = measureReads(around, timing, results);
            }
            if (loads.stream().anyMatch(load -> load.webhooks() != null)) {
                results = measureWebhooks(around, timing, results);
            }
            if (loads.stream().anyMatch(load -> load.connects() != null)) {
                results = measureConnects(around, true, timing, results);
                results = measureConnects(around, false, timing, results);
            }
        } finally {
            // What was measured before a failure is worth reading too.
            if (results != null) {
                Reports.write(results, out);
            }
        }
        return results.flawless() ? 0 : 1;
    }

    private Population population() {
        int messages = stored != null ? stored : quick ? 20_000 : 1_000_000;
        return new Population(messages, users != null ? users : messages / 100,
                System.currentTimeMillis() - messages * 1_000L);
    }

    private Results measureReads(Surroundings around, Timing timing, Results before) throws Exception {
        List<Target> filled = targets.stream().filter(target -> target.setup().filled()).toList();
        Results results = before;
        for (Target target : filled.isEmpty() ? List.of(Target.parse("observer-filled")) : filled) {
            results = measureReads(around, target, timing, results);
        }
        return results;
    }

    private Results measureReads(Surroundings around, Target target, Timing timing, Results before) throws Exception {
        try (ReadSession session = new ReadSession(around, target)) {
            session.start();
            Results results = before != null ? before : empty(session.broker(), timing);
            results.startUps().add(session.startUp());
            for (AskedLoad load : loads) {
                if (load.reads() != null) {
                    results.reads().addAll(session.measure(load.reads(), timing));
                }
            }
            return results;
        }
    }

    private Results measureWebhooks(Surroundings around, Timing timing, Results before) throws Exception {
        try (WebhookSession session = new WebhookSession(around, targets.stream()
                .filter(target -> target.kind() == Target.Kind.OBSERVER).findFirst().orElse(Target.parse("observer")))) {
            session.start();
            Results results = before != null ? before : empty(session.broker(), timing);
            results.startUps().add(session.startUp());
            for (AskedLoad load : loads) {
                if (load.webhooks() != null) {
                    results.webhooks().addAll(session.measure(load.webhooks(), timing));
                }
            }
            return results;
        }
    }

    private Results measureConnects(Surroundings around, boolean gate, Timing timing, Results before) throws Exception {
        try (ConnectSession session = new ConnectSession(around, gate)) {
            session.start();
            Results results = before != null ? before : empty(session.broker(), timing);
            for (AskedLoad load : loads) {
                if (load.connects() != null) {
                    results.connects().addAll(session.measure(load.connects(), timing));
                }
            }
            return results;
        }
    }

    private Results empty(String broker, Timing timing) {
        return Results.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), Machine.here(broker),
                "Each load counts %d s; observer's JVM: %s.".formatted(timing.window().toSeconds(),
                        String.join(" ", observerOptions)));
    }

    private List<Target> all() {
        List<Target> all = new ArrayList<>(targets);
        for (int i = 0; i < commands.size(); i++) {
            all.add(Target.command(i < commandNames.size() ? commandNames.get(i) : "other", commands.get(i)));
        }
        long names = all.stream().map(Target::fileName).distinct().count();
        if (names < all.size()) {
            throw new IllegalArgumentException("each target needs a name of its own: " + Arrays.toString(
                    all.stream().map(Target::name).toArray()));
        }
        return all;
    }
}
