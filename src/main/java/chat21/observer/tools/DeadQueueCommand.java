package chat21.observer.tools;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Connection;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.engine.broker.DeadQueue;
import chat21.observer.tls.TlsProblem;

/** What the command lines share that look after a queue of what was given up. */
abstract class DeadQueueCommand<T> {

    static final int NOT_DONE = 1;

    @Spec
    CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    private final Map<String, String> environment;

    DeadQueueCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The name of the queue. */
    abstract String queue();

    abstract DeadQueue<T> open(Connection connection);

    /** What is done with the queue, and the exit code. */
    interface Work<T> {
        int with(DeadQueue<T> queue) throws IOException, TimeoutException;
    }

    final int withQueue(Work<T> work) {
        BrokerSettings broker = broker();
        try (Connection connection = broker.connect(spec.root().name())) {
            return work.with(open(connection));
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            spec.commandLine().getErr().printf("The queue %s of the broker at %s cannot be used: %s%n", queue(),
                    broker.address(), TlsProblem.in(e).orElse(cause.getMessage()));
            return NOT_DONE;
        }
    }

    final BrokerSettings broker() {
        try {
            return BrokerSettings.of(environment);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    final String setting(String name, String otherwise) {
        return setting(environment, name, otherwise);
    }

    /** A variable of the environment, if it is set to anything. */
    static String setting(Map<String, String> environment, String name, String otherwise) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
