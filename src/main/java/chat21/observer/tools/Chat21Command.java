package chat21.observer.tools;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import chat21.observer.tools.migration.ImportCommand;
import chat21.observer.tools.repair.RepairCommand;

/** The one entrance of the command lines, {@code bin/chat21 COMMAND …}: each is known as {@code bin/COMMAND} too. */
public final class Chat21Command {

    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    /**
     * @param home   the project's folder
     * @param caller what paths in the arguments start from
     */
    Chat21Command(Map<String, String> environment, Path home, Path caller) {
        Path settings = Path.of("application.properties");
        commands.put("token", () -> new TokenCommand(environment, home));
        commands.put("routes", RoutesCommand::withoutLog);
        commands.put("dead-letters", () -> new DeadLettersCommand(environment));
        commands.put("webhooks", () -> new WebhooksCommand(environment));
        commands.put("import", () -> new ImportCommand(settings, Map.of(), caller));
        commands.put("repair", () -> new RepairCommand(settings, Map.of()));
    }

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Path caller = Path.of(System.getProperty("chat21.caller-folder", "")).toAbsolutePath();
        System.exit(new Chat21Command(System.getenv(), Path.of(System.getProperty("chat21.home", "")), caller)
                .run(line -> { }, arguments));
    }

    /** @param streams may say where a command writes */
    int run(Consumer<CommandLine> streams, String... arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        CommandLine line = new CommandLine(commands.getOrDefault(name, CommandSpec::create).get());
        streams.accept(line);
        if (commands.containsKey(name)) {
            return line.execute(Arrays.copyOfRange(arguments, 1, arguments.length));
        }
        if (name.matches("-h|--help|help")) {
            list(line.getOut());
            return CommandLine.ExitCode.OK;
        }
        if (!name.isEmpty()) {
            line.getErr().println("There is no command '" + name + "'.");
        }
        list(line.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private void list(PrintWriter to) {
        to.printf("Usage: bin/chat21 COMMAND …%n%nEach is known as bin/COMMAND too, and says more with --help.%n%n");
        commands.forEach((name, command) -> to.printf("  %-14s%s%n", name, String.join(" ",
                new CommandLine(command.get()).getCommandSpec().usageMessage().description()).replaceFirst("(?s)\\. .*", ".")));
    }
}
