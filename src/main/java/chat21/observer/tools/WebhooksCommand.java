package chat21.observer.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Connection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.out.webhook.DeadEventBox;
import chat21.observer.tls.TlsProblem;

/** Looks after webhook events that were given up: the command line's view of the dead letters. */
@Command(
        name = "bin/webhooks",
        sortOptions = false,
        synopsisSubcommandLabel = "(list | replay | drop)",
        description = "Shows the webhook events that were given up, sends them again, or drops them.",
        footer = {"", "Settings (environment): RABBITMQ_URI, the broker, with amqps:// TLS_CA_FILE, "
                + "RABBITMQ_CERTIFICATE_FILE and RABBITMQ_KEY_FILE; QUEUE_WEBHOOKS, with which the "
                + "names of its queues begin (webhooks)."})
public final class WebhooksCommand {

    private static final int NOT_DONE = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    private final Map<String, String> environment;

    WebhooksCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WebhooksCommand(System.getenv())).execute(arguments));
    }

    @Command(name = "list", description = "Shows them, the oldest first, each with its endpoint and last error.")
    int list(@Option(names = "--endpoint", paramLabel = "E", description = "Only those whose endpoint contains this.")
            String endpoint,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100",
                    description = "At most so many (${DEFAULT-VALUE}).") int limit) {
        PrintWriter out = spec.commandLine().getOut();
        return withBox(box -> {
            int shown = box.list(endpoint, limit, e -> out.printf("%s  %s  %s  %s  tries: %d  %s%n", e.givenUpAt(),
                    e.type(), e.eventId(), e.endpoint(), e.tries(), e.error()));
            out.printf("%d shown.%n", shown);
            return CommandLine.ExitCode.OK;
        });
    }

    @Command(name = "replay", description = "Sends them again, as if they were new; their ids stay the same.")
    int replay(@Option(names = "--endpoint", paramLabel = "E", description = "Only those whose endpoint contains this.")
            String endpoint,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "2147483647",
                    description = "At most so many (all).") int limit) {
        CommandLine line = spec.commandLine();
        return withBox(box -> {
            int[] lost = {0};
            int met = box.replay(endpoint, limit, e -> {
                lost[0]++;
                line.getErr().printf("%s stays: the queue of %s is no more.%n", e.eventId(), e.endpoint());
            });
            line.getOut().printf("%d sent again.%n", met - lost[0]);
            return lost[0] == 0 ? CommandLine.ExitCode.OK : NOT_DONE;
        });
    }

    @Command(name = "drop", description = "Removes them for good.")
    int drop(@Option(names = "--endpoint", paramLabel = "E", description = "Only those whose endpoint contains this.")
            String endpoint,
            @Option(names = "--limit", paramLabel = "N", required = true, description = "At most so many.") int limit) {
        return withBox(box -> {
            spec.commandLine().getOut().printf("%d dropped.%n", box.drop(endpoint, limit));
            return CommandLine.ExitCode.OK;
        });
    }

    private interface Work {
        int with(DeadEventBox box) throws IOException, TimeoutException;
    }

    private int withBox(Work work) {
        BrokerSettings broker = broker();
        String queue = setting("QUEUE_WEBHOOKS", "webhooks") + ".dead-letters";
        try (Connection connection = broker.connect("bin/webhooks")) {
            return work.with(new DeadEventBox(connection, queue));
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            spec.commandLine().getErr().printf("The queue %s of the broker at %s cannot be used: %s%n", queue,
                    broker.address(), TlsProblem.in(e).orElse(cause.getMessage()));
            return NOT_DONE;
        }
    }

    private BrokerSettings broker() {
        try {
            return BrokerSettings.of(environment);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private String setting(String name, String otherwise) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
