package chat21.observer.tools.migration;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import chat21.observer.settings.SettingsFile;
import chat21.observer.settings.StartFailure;
import chat21.observer.settings.WrongSetting;

/** Brings what chat21-server has stored over: the command line's way in. */
@Command(
        name = "bin/import",
        sortOptions = false,
        description = "Brings what chat21-server has stored into the observer's database: files that mongoexport wrote, one "
                + "document a line or in an array, in UTF-8 or UTF-16, as they are or packed by gzip. It may be interrupted, and run again: it goes on where it was, and stores nothing twice.",
        footer = {"", "Exit codes: 0 all is there; 3 some lines were refused; 1 it could not go on.", "",
                "Settings: those of application.properties; DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD (environment) "
                        + "say where to. The observer must not run if that is a file of H2."})
public final class ImportCommand implements Callable<Integer> {

    private static final int STOPPED = 1;
    private static final int REFUSED = 3;

    @Spec
    private CommandSpec spec;

    @Option(names = "--messages", paramLabel = "FILE", description = "The collection messages.")
    private List<Path> messages = List.of();

    @Option(names = "--conversations", paramLabel = "FILE", description = "The collection conversations.")
    private List<Path> conversations = List.of();

    @Option(names = "--groups", paramLabel = "FILE", description = "The collection groups.")
    private List<Path> groups = List.of();

    @Option(names = "--instances", paramLabel = "FILE", description = "The collection instances.")
    private List<Path> instances = List.of();

    @Option(names = "--app", paramLabel = "ID", description = "The app of documents that name none.")
    private String app;

    @Option(names = "--refused", paramLabel = "FOLDER", defaultValue = "refused",
            description = "Where to keep the lines that were refused, and why (${DEFAULT-VALUE}).")
    private Path refused;

    @Option(names = "--again", description = "Begins at the first line, also where it was read before.")
    private boolean again;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    private final Path settings;
    private final Map<String, String> overrides;
    private final Path folder;

    /** @param folder what paths in the arguments start from */
    public ImportCommand(Path settings, Map<String, String> overrides, Path folder) {
        this.settings = settings;
        this.overrides = overrides;
        this.folder = folder;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<ExportedCollections> exports = exports();
            if (exports.isEmpty()) {
                err.println("Name at least one file: --messages, --conversations, --groups or --instances.");
                return CommandLine.ExitCode.USAGE;
            }
            boolean terminal = System.console() != null;
            try (Import all = Import.open(SettingsFile.read(settings, overrides), app, folder.resolve(refused), out, terminal)) {
                return all.run(exports, again) == 0 ? CommandLine.ExitCode.OK : REFUSED;
            }
        } catch (StartFailure | WrongSetting e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println(e.getMessage());
        } catch (SQLException e) {
            err.printf("The database could not go on: %s. What was stored is kept; run this again to go on.%n",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return STOPPED;
    }

    // Messages come before the conversations that they are the last of.
    private List<ExportedCollections> exports() throws IOException {
        List<ExportedCollections> exports = new ArrayList<>();
        for (Collection collection : Collection.values()) {
            List<Path> files = switch (collection) {
                case INSTANCES -> instances;
                case GROUPS -> groups;
                case MESSAGES -> messages;
                case CONVERSATIONS -> conversations;
            };
            for (Path file : files) {
                exports.add(ExportedCollections.of(collection, folder.resolve(file)));
            }
        }
        return exports;
    }
}
