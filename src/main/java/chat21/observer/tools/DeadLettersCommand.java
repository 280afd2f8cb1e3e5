package chat21.observer.tools;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import com.rabbitmq.client.Connection;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.broker.DeadQueue;
import chat21.observer.engine.refuse.LetterSummary;
import chat21.observer.engine.refuse.StoredLetter;

/** Looks after refused messages: the command line's view of the dead letters. */
@Command(
        name = "bin/dead-letters",
        sortOptions = false,
        synopsisSubcommandLabel = "(list | show | replay | drop)",
        description = "Shows the messages that were refused, publishes them once more, or drops them.",
        footer = {"", "Settings (environment), those of the observer: RABBITMQ_URI, the broker and the user there; "
                + "with amqps:// TLS_CA_FILE, RABBITMQ_CERTIFICATE_FILE and RABBITMQ_KEY_FILE; "
                + "QUEUE_DEAD_LETTERS (dead-letters); BROKER_EXCHANGE (amq.topic)."})
final class DeadLettersCommand extends DeadQueueCommand<StoredLetter> {

    DeadLettersCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    String queue() {
        return setting("QUEUE_DEAD_LETTERS", "dead-letters");
    }

    @Override
    DeadQueue<StoredLetter> open(Connection connection) {
        return StoredLetter.queue(connection, queue());
    }

    /** Which letters a command is about: exactly one way to say so. */
    static final class Which {

        @Parameters(paramLabel = "ID", description = "The letter of this id, as list --reason shows it.")
        private String id;

        @Option(names = "--reason", paramLabel = "R", description = "All with this reason.")
        private String reason;

        @Option(names = "--all", description = "All.")
        private boolean all;

        boolean includes(StoredLetter letter) {
            return all || letter.id().equals(id) || letter.reason().equals(reason);
        }
    }

    @Command(name = "list", description = "Counts them by reason, with their ages; with --reason shows each, the "
            + "oldest first.")
    int list(@Option(names = "--reason", paramLabel = "R", description = "Only those with this reason.") String reason,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100",
                    description = "With --reason: at most so many (${DEFAULT-VALUE}).") int limit) {
        PrintWriter out = spec.commandLine().getOut();
        return withQueue(letters -> {
            if (reason == null) {
                LetterSummary summary = new LetterSummary();
                int count = letters.list(letter -> true, Integer.MAX_VALUE, summary::add);
                summary.print(out, Instant.now());
                out.printf("%d in all.%n", count);
            } else {
                int shown = letters.list(each -> reason.equals(each.reason()), limit, each -> out.printf(
                        "%s  %s  %s  %d bytes  %s%n", each.id(), each.receivedAt(), each.routingKey(), each.body().length,
                        each.detail()));
                out.printf("%d shown.%n", shown);
            }
            return CommandLine.ExitCode.OK;
        });
    }

    @Command(name = "show", description = "Shows one with its headers and its payload, which is the last line.")
    int show(@Parameters(paramLabel = "ID", description = "Its id, as list --reason shows it.") String id) {
        PrintWriter out = spec.commandLine().getOut();
        return withQueue(letters -> {
            int shown = letters.list(each -> id.equals(each.id()), 1, letter -> {
                letter.headers().forEach((name, value) -> out.printf("%s: %s%n", name, value));
                out.printf("%n%s%n", new String(letter.body(), StandardCharsets.UTF_8));
            });
            return shown == 1 ? CommandLine.ExitCode.OK : notThere(id);
        });
    }

    @Command(name = "replay", description = "Publishes them once more, on the exchange and with the routing key on which "
            + "their senders published them.")
    int replay(@ArgGroup(multiplicity = "1") Which which,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "2147483647",
                    description = "At most so many (all), the oldest first.") int limit) {
        CommandLine line = spec.commandLine();
        String exchange = setting("BROKER_EXCHANGE", "amq.topic");
        return withQueue(letters -> {
            int[] stay = {0};
            int published = letters.replay(which::includes, limit, StoredLetter.replay(exchange, user(exchange)), letter -> {
                stay[0]++;
                line.getErr().printf("%s stays: no queue takes %s.%n", letter.id(), letter.routingKey());
            });
            line.getOut().printf("%d published again.%n", published);
            if (which.id != null && published + stay[0] == 0) {
                return notThere(which.id);
            }
            return stay[0] == 0 ? CommandLine.ExitCode.OK : NOT_DONE;
        });
    }

    @Command(name = "drop", description = "Removes them for good.")
    int drop(@ArgGroup(multiplicity = "1") Which which,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "2147483647",
                    description = "At most so many (all), the oldest first.") int limit) {
        return withQueue(letters -> {
            int dropped = letters.drop(which::includes, limit);
            spec.commandLine().getOut().printf("%d dropped.%n", dropped);
            return which.id != null && dropped == 0 ? notThere(which.id) : CommandLine.ExitCode.OK;
        });
    }

    private int notThere(String id) {
        spec.commandLine().getErr().printf("There is no letter %s.%n", id);
        return NOT_DONE;
    }

    private String user(String exchange) {
        try (Connections connections = Connections.to(broker())) {
            return connections.user(exchange);
        }
    }
}
