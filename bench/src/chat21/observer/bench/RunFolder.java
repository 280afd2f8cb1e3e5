package chat21.observer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for the data of benchmarks, each named after its process and deleted at its end. */
final class RunFolder {

    /** How the files end that name the processes of a system, in the folder of its target. */
    static final String NOTE = ".pid";

    private RunFolder() {
    }

    static Path create(Path parent) throws IOException {
        return Files.createDirectories(parent.resolve(String.valueOf(ProcessHandle.current().pid())));
    }

    /** Ends what benchmarks left behind that were killed, and deletes their data. */
    static void sweep(Path root, Path parent, Path log) throws IOException {
        if (Files.isDirectory(parent)) {
            for (Path left : list(parent)) {
                if (!ProcessHandle.of(Long.parseLong(left.getFileName().toString())).isPresent()) {
                    for (Path target : list(left)) {
                        for (Path note : list(target).stream().filter(file -> file.toString().endsWith(NOTE)).toList()) {
                            Child.endNoted(note);
                        }
                        Broker.stop(root, target.resolve("broker"), log);
                    }
                    delete(left);
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Not all of " + folder + " was deleted: " + e.getMessage());
        }
    }
}
