package chat21.observer.ops.routefiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of the files that run, each as it is in effect, kept for the next start. */
final class LastGood {

    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private final Path store;
    private final Path folder;
    private final Map<String, RouteFile> kept = new HashMap<>();
    private boolean isRead;

    /**
     * @param store  where they are kept
     * @param folder where the files themselves are
     */
    LastGood(Path store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /** What ran when this was last kept, by the names of the files; empty where nothing can be read. */
    SortedMap<String, RouteFile> files() {
        SortedMap<String, RouteFile> files = new TreeMap<>();
        if (Files.isDirectory(store)) {
            try {
                new RouteFolder(store).sources().forEach((copy, source) -> {
                    String name = folder.resolve(store.relativize(Path.of(copy))).toString();
                    files.put(name, RouteFile.of(name, source));
                });
            } catch (IOException e) {
                LOG.warn("What last worked of the files of routes cannot be read from {}: {}", store, e.toString());
            }
        }
        kept.putAll(files);
        isRead = true;
        return files;
    }

    /** Keeps these files, and no others. Where that fails, the next start finds what was kept before. */
    void keep(SortedMap<String, RouteFile> running) {
        if (!isRead) {
            files();
        }
        try {
            for (RouteFile file : running.values()) {
                if (!file.isSame(kept.get(file.name()))) {
                    write(copyOf(file.name()), file.text());
                }
            }
            for (String name : kept.keySet()) {
                if (!running.containsKey(name)) {
                    Files.deleteIfExists(copyOf(name));
                }
            }
            kept.clear();
            kept.putAll(running);
        } catch (IOException e) {
            LOG.warn("What works of the files of routes cannot be kept in {} for the next start: {}", store, e.toString());
        }
    }

    private Path copyOf(String name) {
        return store.resolve(folder.relativize(Path.of(name)));
    }

    private static void write(Path copy, String text) throws IOException {
        Files.createDirectories(copy.getParent());
        Path beside = Files.createTempFile(copy.getParent(), ".", ".tmp");
        Files.writeString(beside, text);
        Files.move(beside, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
