package chat21.observer.tools.migration;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import chat21.observer.DatabaseWiring;
import chat21.observer.database.Database;
import chat21.observer.internals.jvm.Termination;
import chat21.observer.settings.Settings;
import chat21.observer.settings.StartFailure;

/** Brings files of an export into the database, one after the other, and says what came of it. */
final class Import implements AutoCloseable {

    private static final int H2_FILE_IN_USE = 90020;
    private static final int SHOWN_RULES = 10;

    private final Database database;
    private final Destinations destinations;
    private final String defaultApp;
    private final Path refusedFolder;
    private final PrintWriter out;
    private final boolean terminal;

    private Import(Database database, Settings settings, String defaultApp, Path refusedFolder, PrintWriter out,
            boolean terminal) {
        this.database = database;
        this.destinations = new Destinations(settings);
        this.defaultApp = defaultApp;
        this.refusedFolder = refusedFolder;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Opens the database that the settings name.
     *
     * @throws StartFailure in one sentence, if that cannot be done
     */
    static Import open(Settings settings, String defaultApp, Path refusedFolder, PrintWriter out, boolean terminal) {
        DatabaseWiring wiring = new DatabaseWiring(settings);
        try {
            Database database = wiring.open();
            Termination.onSignal(code -> {
                database.endTransactions();
                System.exit(code);
            });
            // What a crash has left in a journal comes first: its transactions are older than all that is imported now.
            wiring.transactions(database).close();
            return new Import(database, settings, defaultApp, refusedFolder, out, terminal);
        } catch (StartFailure e) {
            if (isInUse(e)) {
                throw new StartFailure("The database " + wiring.shown() + " is in use: stop the "
                        + "observer first. Only with PostgreSQL may both run at once.", e);
            }
            throw e;
        }
    }

    private static boolean isInUse(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException e && e.getErrorCode() == H2_FILE_IN_USE) {
                return true;
            }
        }
        return false;
    }

    /** Brings all files over, and returns how many lines were refused; a file that is not whole counts as one. */
    long run(List<ExportedCollections> exports, boolean again) throws IOException, SQLException {
        long refused = 0;
        for (ExportedCollections export : exports) {
            if (again) {
                database.inTransaction(connection -> Position.forget(connection, export.source()));
            }
            refused += run(export, destinations.of(export.collection()));
        }
        return refused;
    }

    private <T> long run(ExportedCollections export, Destination<T> destination) throws IOException, SQLException {
        Position from = FileImport.reached(database, export.source());
        if (!export.container().unusual().isEmpty()) {
            out.printf("%s: %s; read as that.%n", export.file(), export.container().unusual());
        }
        if (from.line() > 0) {
            out.printf("%s: goes on after %s %,d, where it was.%n", export.file(), unit(export), from.line());
        }
        ProgressBar progress = new ProgressBar(out, terminal, System::nanoTime, export.collection().label(),
                unit(export) + "s", export.size(), from);
        try (RefusedLines refused = new RefusedLines(refusedFolder, export.shortName(), unit(export), from)) {
            FileImport<T> file = new FileImport<>(export, destination, destinations.payloads(export.collection()),
                    defaultApp, database, refused, from);
            Position end = file.run(progress);
            database.flush();
            report(export, end, refused);
            if (file.damage() == null) {
                return end.refused();
            }
            out.printf("%s: not whole, %s. All before that was read; what comes after it is missing: export it again.%n",
                    export.file(), file.damage());
            out.flush();
            return end.refused() + 1;
        }
    }

    private static String unit(ExportedCollections export) {
        return export.container().form().unit();
    }

    private void report(ExportedCollections export, Position end, RefusedLines refused) throws IOException {
        // What is refused is kept one a line, however it was printed.
        out.printf("%s: %,d %ss, %,d rows added or changed, %,d lines refused.%n", export.file(), end.line(), unit(export),
                end.stored(), end.refused());
        refused.counts().entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SHOWN_RULES).forEach(each -> out.printf("  %,d × %s%n", each.getValue(), each.getKey()));
        if (refused.reportBytes() > 0) {
            out.printf("  Each with its number: %s.%n", refused.report());
        }
        if (end.refused() > 0) {
            out.printf("  What was refused, to be mended: %s%n", refused.lines());
        }
        out.flush();
    }

    @Override
    public void close() {
        database.close();
    }
}
