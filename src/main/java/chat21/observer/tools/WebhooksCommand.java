package chat21.observer.tools;

import java.io.PrintWriter;
import java.util.Map;

import com.rabbitmq.client.Connection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import chat21.observer.engine.broker.DeadQueue;
import chat21.observer.out.webhook.DeadEvent;

/** Looks after webhook events that were given up: the command line's view of the dead letters. */
@Command(
        name = "bin/webhooks",
        sortOptions = false,
        synopsisSubcommandLabel = "(list | replay | drop)",
        description = "Shows the webhook events that were given up, sends them again, or drops them.",
        footer = {"", "Settings (environment): RABBITMQ_URI, the broker, with amqps:// TLS_CA_FILE, "
                + "RABBITMQ_CERTIFICATE_FILE and RABBITMQ_KEY_FILE; QUEUE_WEBHOOKS, with which the "
                + "names of its queues begin (webhooks)."})
final class WebhooksCommand extends DeadQueueCommand<DeadEvent> {

    WebhooksCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    String queue() {
        return setting("QUEUE_WEBHOOKS", "webhooks") + ".dead-letters";
    }

    @Override
    DeadQueue<DeadEvent> open(Connection connection) {
        return DeadEvent.queue(connection, queue());
    }

    @Command(name = "list", description = "Shows them, the oldest first, each with its endpoint and last error.")
    int list(@Option(names = "--endpoint", paramLabel = "E", description = "Only those whose endpoint contains this.")
            String endpoint,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100",
                    description = "At most so many (${DEFAULT-VALUE}).") int limit) {
        PrintWriter out = spec.commandLine().getOut();
        return withQueue(events -> {
            int shown = events.list(e -> e.isFor(endpoint), limit, e -> out.printf("%s  %s  %s  %s  tries: %d  %s%n",
                    e.givenUpAt(), e.type(), e.eventId(), e.endpoint(), e.tries(), e.error()));
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
        return withQueue(events -> {
            int[] lost = {0};
            int sent = events.replay(event -> event.isFor(endpoint), limit, DeadEvent::replay, e -> {
                lost[0]++;
                line.getErr().printf("%s stays: the queue of %s is no more.%n", e.eventId(), e.endpoint());
            });
            line.getOut().printf("%d sent again.%n", sent);
            return lost[0] == 0 ? CommandLine.ExitCode.OK : NOT_DONE;
        });
    }

    @Command(name = "drop", description = "Removes them for good.")
    int drop(@Option(names = "--endpoint", paramLabel = "E", description = "Only those whose endpoint contains this.")
            String endpoint,
            @Option(names = "--limit", paramLabel = "N", required = true, description = "At most so many.") int limit) {
        return withQueue(events -> {
            spec.commandLine().getOut().printf("%d dropped.%n", events.drop(event -> event.isFor(endpoint), limit));
            return CommandLine.ExitCode.OK;
        });
    }
}
