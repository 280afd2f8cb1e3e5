package chat21.observer.ops.routefiles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The folder whose files of YAML, those of its folders included, are the flow. What is hidden, with a dot in front, what is
 * put aside as a copy, and what is written for people does not count. Routes in any other file are a problem, since who put
 * it there waits for it.
 */
public final class RouteFolder {

    private static final Pattern YAML = Pattern.compile(".*\\.ya?ml");
    private static final Pattern NOT_MEANT = Pattern.compile(
            "\\..*|#.*#|.*~|.*\\.(bak|orig|old|save|swp|swo|tmp|part|off|disabled|md|adoc)|readme.*|license.*");
    private static final Pattern OTHER_LANGUAGE = Pattern.compile(".*\\.(xml|java|groovy|kts?|js|jsh|json)");
    private static final Pattern ROUTES = Pattern.compile(
            "(?m)^\\s*(- *)?\"?(route|routeTemplate|templatedRoute|routeConfiguration|from|rest|beans)\"?\\s*:|<routes?\\b");
    private static final int LOOKED_AT = 65_536;
    private static final int DEEPEST = 8;
    private static final long LARGEST = 3_000_000;

    private final Path folder;

    public RouteFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * All files as they are now, by their names with the folder.
     *
     * @throws IOException if the folder cannot be read
     */
    SortedMap<String, RouteSource> sources() throws IOException {
        SortedMap<String, RouteSource> sources = new TreeMap<>();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(folder) || isMeant(directory) ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isMeant(file)) {
                    put(sources, file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(folder)) {
                    throw e;
                }
                // It may have gone between our looking and our reading: then it does not count.
                if (isMeant(file) && !(e instanceof NoSuchFileException)) {
                    sources.put(file.toString(), unreadable(e));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    /** All files as they are now, by their names. */
    public SortedMap<String, RouteFile> files() throws IOException {
        SortedMap<String, RouteFile> files = new TreeMap<>();
        sources().forEach((name, source) -> files.put(name, RouteFile.of(name, source)));
        return files;
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private static void put(SortedMap<String, RouteSource> sources, Path file, BasicFileAttributes attributes) {
        try {
            RouteSource source = read(file, attributes);
            if (source != null) {
                sources.put(file.toString(), source);
            }
        } catch (NoSuchFileException e) {
            org.slf4j.LoggerFactory.getLogger(RouteFolder.class).debug("{} is gone", file);
        } catch (IOException e) {
            sources.put(file.toString(), unreadable(e));
        }
    }

    // Null where it is no business of ours.
    private static RouteSource read(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            return RouteSource.unreadable("this folder lies too deep to be followed");
        }
        if (attributes.isSymbolicLink()) {
            return RouteSource.unreadable("this link leads to nothing");
        }
        if (!YAML.matcher(lowerCase(file)).matches()) {
            return !hasRoutes(file, attributes) ? null : RouteSource.unreadable("this file is not followed: routes are written in YAML, in files named .yaml or .yml;"
                    + " put a dot in front of its name if it belongs here");
        }
        if (!attributes.isRegularFile()) {
            return RouteSource.unreadable("this is no file that can be read");
        }
        if (attributes.size() > LARGEST) {
            return RouteSource.unreadable("this file has more than " + LARGEST + " bytes");
        }
        return RouteSource.of(Files.readAllBytes(file));
    }

    private static boolean hasRoutes(Path file, BasicFileAttributes attributes) throws IOException {
        if (OTHER_LANGUAGE.matcher(lowerCase(file)).matches()) {
            return true;
        }
        if (!attributes.isRegularFile()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ROUTES.matcher(new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8)).find();
        }
    }

    private static RouteSource unreadable(IOException e) {
        return RouteSource.unreadable(e instanceof FileSystemLoopException ? "this link leads back to where it stands"
                : "it cannot be read: " + e.getClass().getSimpleName());
    }

    private static boolean isMeant(Path file) {
        return !NOT_MEANT.matcher(lowerCase(file)).matches();
    }

    private static String lowerCase(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
