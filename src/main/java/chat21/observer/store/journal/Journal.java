package chat21.observer.store.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The transactions of the flow since the database was last written, in files beside the database's: appending to them
 * costs a small part of writing the database's pages, and is as good against the end of the process. For one thread at a
 * time.
 */
final class Journal implements AutoCloseable {

    private final Path database;
    private final boolean sync;
    private final List<Path> older = new ArrayList<>();
    private Segment current;
    private long nextFile;

    /**
     * Finds what is left of an earlier process.
     *
     * @param database path of the database without ending
     * @param sync     whether each transaction waits for the disk, to survive a loss of power too
     */
    Journal(Path database, boolean sync) throws IOException {
        this.database = database;
        this.sync = sync;
        String prefix = prefix();
        try (Stream<Path> files = Files.list(database.toAbsolutePath().getParent())) {
            files.filter(f -> f.getFileName().toString().matches(java.util.regex.Pattern.quote(prefix) + "\\d{1,18}"))
                    .sorted(Comparator.comparingLong(this::number)).forEach(older::add);
        }
        nextFile = older.isEmpty() ? 1 : number(older.get(older.size() - 1)) + 1;
    }

    private String prefix() {
        return database.getFileName() + ".journal.";
    }

    private long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(prefix().length()));
    }

    /** Appends a transaction; when this returns it survives the end of the process. */
    void append(long number, byte[] content) throws IOException {
        if (current != null && !current.isOpen()) {
            retire();
        }
        if (current == null) {
            current = new Segment(database.resolveSibling(prefix() + nextFile), sync);
            nextFile++;
        }
        current.append(number, content);
    }

    /** The transactions after a number, by their numbers. */
    SortedMap<Long, byte[]> after(long number) throws IOException {
        SortedMap<Long, byte[]> records = new TreeMap<>();
        for (Path file : older) {
            Segment.read(file, number, records);
        }
        if (current != null) {
            Segment.read(current.file(), number, records);
        }
        return records;
    }

    /**
     * Ends the present file, and returns all files that are not needed any more once the database has been written from
     * now on.
     */
    List<Path> roll() {
        if (current != null && !current.isEmpty()) {
            retire();
        }
        return List.copyOf(older);
    }

    private void retire() {
        current.close();
        older.add(current.file());
        current = null;
    }

    /** Deletes files whose transactions the database has written. */
    void forget(List<Path> written) {
        for (Path file : written) {
            try {
                Files.deleteIfExists(file);
                older.remove(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        if (current != null) {
            retire();
        }
    }
}
