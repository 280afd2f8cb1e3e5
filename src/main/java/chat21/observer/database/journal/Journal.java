package chat21.observer.database.journal;

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

    // H2 goes back to an earlier state of its file where the newest cannot be read; that has been written since, so it is
    // found here again.
    private static final long KEPT_BYTES = 32L * 1024 * 1024;
    static final int KEPT_FILES = 60;
    // What was deleted in the database meanwhile must not stay in here for long.
    private static final long KEPT_MS = 600_000;

    private final Path database;
    private final boolean sync;
    // What the database has been written without.
    private final List<Path> older = new ArrayList<>();
    private final List<Path> kept = new ArrayList<>();
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
        for (Path file : kept) {
            Segment.read(file, number, records);
        }
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

    /**
     * Keeps the newest files whose transactions the database has written, and deletes what is more than enough or old.
     *
     * @param written those that it has written since the last call
     */
    void forget(List<Path> written) {
        older.removeAll(written);
        kept.addAll(written);
        try {
            long bytes = 0;
            int files = 0;
            for (int i = kept.size() - 1; i >= 0; i--) {
                files++;
                bytes += size(kept.get(i));
                // Whatever its size, the newest stays.
                boolean tooMany = files > 1 && (bytes > KEPT_BYTES || files > KEPT_FILES);
                if (tooMany || isOld(kept.get(i))) {
                    Files.deleteIfExists(kept.remove(i));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOld(Path file) throws IOException {
        return !Files.exists(file) || System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis() > KEPT_MS;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Override
    public void close() {
        if (current != null) {
            retire();
        }
    }
}
