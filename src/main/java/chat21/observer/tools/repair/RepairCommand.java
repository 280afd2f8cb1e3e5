package chat21.observer.tools.repair;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import chat21.observer.DatabaseWiring;
import chat21.observer.settings.SettingsFile;
import chat21.observer.settings.WrongSetting;

/** Repairs a damaged file of H2: the command line's way in. */
@Command(
        name = "bin/repair",
        description = "Reads what can be read of a damaged database of H2 into a new file, which takes its place. "
                + "The damaged one is kept in a folder beside it, damaged-TIME.",
        footer = {"", "Exit codes: 0 it is repaired; 1 it could not be, and is as it was.", "",
                "Settings: those of application.properties; DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD "
                        + "(environment) say where it is. The observer must not run. The disk needs three times its size."})
public final class RepairCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    private final Path settings;
    private final Map<String, String> overrides;

    public RepairCommand(Path settings, Map<String, String> overrides) {
        this.settings = settings;
        this.overrides = overrides;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Repair repair = new Repair(new DatabaseWiring(SettingsFile.read(settings, overrides)).settings());
            out.println("Rows that could be read:");
            repair.run().forEach((table, rows) -> out.printf("%,12d  %s%n", rows, table.toLowerCase(Locale.ROOT)));
            out.println("The damaged file is kept in " + repair.kept() + ".");
            return CommandLine.ExitCode.OK;
        } catch (WrongSetting | IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
        } catch (SQLException e) {
            err.println("It cannot be repaired: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + ". Put back a copy.");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
