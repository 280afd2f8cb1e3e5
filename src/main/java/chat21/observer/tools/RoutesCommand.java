package chat21.observer.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedSet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import chat21.observer.RouteNames;
import chat21.observer.ops.routefiles.FlowDiagram;
import chat21.observer.ops.routefiles.Problem;
import chat21.observer.ops.routefiles.RouteCheck;
import chat21.observer.ops.routefiles.RouteFile;
import chat21.observer.ops.routefiles.RouteFolder;

/** Looks at the files of routes without a running system. */
@Command(
        name = "bin/routes",
        sortOptions = false,
        description = "Checks and draws the files of routes. Needs no broker, no database and no running application.",
        footer = {"", "Settings (environment): ROUTES_DIR, the folder of the files (routes)."})
final class RoutesCommand {

    private static final String SETTINGS = "application.properties";

    @Spec
    private CommandSpec spec;

    @Option(names = "--dir", paramLabel = "FOLDER", scope = CommandLine.ScopeType.INHERIT,
            description = "The folder of the files, if not ROUTES_DIR.")
    private Path folder;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    /** The command alone in its process, whose output is its answer. */
    static RoutesCommand withoutLog() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        return new RoutesCommand();
    }

    @Command(name = "check", description = "Says what is wrong with the files, by file and line; exit code 1 if anything is.")
    int check() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Collection<RouteFile> files = files();
        try (RouteNames names = new RouteNames(SETTINGS)) {
            SortedSet<Problem> problems = new RouteCheck(names.surroundings()).problems(files);
            problems.forEach(out::println);
            out.println(problems.isEmpty() ? files.size() + " files are right." : problems.size() + " found wrong.");
            out.flush();
            return problems.isEmpty() ? 0 : 1;
        }
    }

    @Command(name = "diagram", description = "Draws the flow of all files as one SVG.")
    int diagram(@Option(names = "--out", paramLabel = "FILE", description = "Where to, if not to standard output.")
            Path target) throws IOException {
        String svg = FlowDiagram.of(files());
        if (target == null) {
            spec.commandLine().getOut().print(svg);
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(target, svg);
        }
        return 0;
    }

    private Collection<RouteFile> files() throws IOException {
        String fromEnvironment = System.getenv().getOrDefault("ROUTES_DIR", "routes");
        Path from = folder == null ? Path.of(fromEnvironment) : folder;
        if (!Files.isDirectory(from)) {
            throw new CommandLine.ParameterException(spec.commandLine(), from + " is no folder.");
        }
        return new RouteFolder(from).files().values();
    }
}
