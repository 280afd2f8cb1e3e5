package chat21.observer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the data of one benchmark, named after its process; deleted at the end. */
final class RunFolder implements AutoCloseable {

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    static RunFolder create(Path parent) throws IOException {
        return new RunFolder(Files.createDirectories(parent.resolve(String.valueOf(ProcessHandle.current().pid()))));
    }

    Path path() {
        return path;
    }

    /** Ends the brokers of benchmarks that were killed, and deletes their data. */
    static void sweep(Path root, Path parent, Path log) throws IOException {
        if (Files.isDirectory(parent)) {
            for (Path left : list(parent)) {
                if (!ProcessHandle.of(Long.parseLong(left.getFileName().toString())).isPresent()) {
                    list(left).forEach(target -> Broker.stop(root, target.resolve("broker"), log));
                    delete(left);
                }
            }
        }
    }

    @Override
    public void close() {
        delete(path);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Not all of " + folder + " was deleted: " + e.getMessage());
        }
    }
}
