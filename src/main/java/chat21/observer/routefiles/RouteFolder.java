package chat21.observer.routefiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder whose {@code .yaml} files are the flow; what editors hide, with a dot in front, does not count. */
public final class RouteFolder {

    private final Path folder;

    public RouteFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The texts of all files as they are now, by their names with the folder.
     *
     * @throws IOException if the folder or a file cannot be read
     */
    public SortedMap<String, String> texts() throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.filter(RouteFolder::isRouteFile).toList()) {
                try {
                    texts.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                } catch (NoSuchFileException e) {
                    // It went between our looking and our reading: so it does not count.
                    org.slf4j.LoggerFactory.getLogger(RouteFolder.class).debug("{} is gone", file);
                }
            }
        }
        return texts;
    }

    /** All files as they are now, by their names. */
    public SortedMap<String, RouteFile> files() throws IOException {
        SortedMap<String, RouteFile> files = new TreeMap<>();
        texts().forEach((name, text) -> files.put(name, RouteFile.of(name, text)));
        return files;
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private static boolean isRouteFile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.startsWith(".") && Files.isRegularFile(file);
    }
}
