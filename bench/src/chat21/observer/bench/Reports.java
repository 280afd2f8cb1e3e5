package chat21.observer.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the results in each form. */
final class Reports {

    private Reports() {
    }

    /** Leaves {@code bench.md}, {@code bench.json} and {@code bench.svg} in a folder, and the tables on the console. */
    static void write(Results results, Path folder) throws IOException {
        Files.createDirectories(folder);
        String tables = MarkdownReport.of(results);
        Files.writeString(folder.resolve("bench.md"), tables);
        Files.writeString(folder.resolve("bench.json"), json(results));
        Files.writeString(folder.resolve("bench.svg"), Chart.of(results));
        System.out.println("\n" + tables + "\nWritten to " + folder + ": bench.md, bench.json, bench.svg");
    }

    static String json(Results results) throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(results) + "\n";
    }
}
