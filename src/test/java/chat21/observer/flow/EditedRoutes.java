package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;

import chat21.observer.testing.RouteFiles;

/** A copy of the files of {@code routes/} that somebody edits, well and badly, and what should come of it. */
final class EditedRoutes {

    private static final String EXTRA = "extra.yaml";

    private final Path folder;
    private final Map<String, String> originals = new TreeMap<>();
    /** What should run, by file: its version, or nothing. */
    private final Map<String, Integer> running = new TreeMap<>();
    private final Map<String, String> bad = new TreeMap<>();
    private final List<String> lastEdits = new ArrayList<>();
    private int edits;
    private int badEdits;

    EditedRoutes(Path folder) {
        this.folder = folder;
        try {
            for (Path file : RouteFiles.all()) {
                originals.put(file.getFileName().toString(), Files.readString(file));
                running.put(file.getFileName().toString(), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    int edits() {
        return edits;
    }

    int badEdits() {
        return badEdits;
    }

    List<String> lastEdits() {
        return List.copyOf(lastEdits);
    }

    /** Edits a file that is as it was shipped, or was edited so before. */
    void replace(String file, String what, String by) {
        String text = read(file);
        assertThat(text).contains(what);
        write(file, text.replace(what, by), false);
    }

    /** Puts a file of the integrator's own there. */
    void put(String file, String text) {
        write(file, text, false);
    }

    /** Puts one of {@code examples/} there. */
    void drop(String example) {
        try {
            put(example, Files.readString(Path.of("examples", example)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a file. */
    void remove(String file) {
        delete(file);
    }

    /** Edits so many files at once, each well or badly. */
    void edit(Random random, int count) {
        lastEdits.clear();
        List<String> files = new ArrayList<>(originals.keySet());
        // An error policy touches all its routes; with a bad one beside it nobody could say which edit is effective.
        Collections.shuffle(files, random);
        for (String file : files.subList(0, count)) {
            edits++;
            // Once a round: what the first of two edits came to would never be seen.
            if (random.nextInt(10) == 0 && lastEdits.stream().noneMatch(edit -> edit.startsWith("extra"))) {
                editExtra(random);
            } else if (random.nextBoolean()) {
                editWell(file, random);
            } else {
                editBadly(file, random);
            }
        }
    }

    /** Fails unless each good edit is in effect, and each bad one is reported with its file and nothing else is. */
    void assertFollowed(CamelContext camel, String[] problems) {
        assertThat(Arrays.stream(problems).map(p -> Path.of(p.replaceFirst("(\\.yaml).*", "$1")).getFileName().toString())
                .distinct()).as("%s", Arrays.toString(problems)).containsExactlyInAnyOrderElementsOf(bad.keySet());
        running.forEach((file, version) -> {
            Route route = camel.getRoute(file.replace(".yaml", ""));
            if (originals.containsKey(file) && !originals.get(file).contains("- route:")) {
                return;
            }
            assertThat(route).as(file).isNotNull();
            assertThat(route.getDescription()).as(file).endsWith(version == 0 ? "." : "Version " + version + ".");
        });
        if (!running.containsKey(EXTRA)) {
            assertThat(camel.getRoute("extra")).isNull();
        }
    }

    private void editWell(String file, Random random) {
        String text = version(file, edits);
        write(file, text, random.nextBoolean());
        if (originals.get(file).contains("- routeTemplate:")) {
            // Which the next start follows.
            badEdits++;
            bad.put(file, text);
            lastEdits.add(file + " well, for the next start");
            return;
        }
        running.put(file, edits);
        bad.remove(file);
        lastEdits.add(file + " well");
    }

    private void editBadly(String file, Random random) {
        String text = version(file, edits);
        int kind = random.nextInt(BAD.size());
        String edited = BAD.get(kind).apply(text);
        if (edited.equals(text)) {
            editWell(file, random);
            return;
        }
        badEdits++;
        write(file, edited, random.nextBoolean());
        bad.put(file, edited);
        lastEdits.add(file + " badly, kind " + kind);
    }

    // A file of the integrator's own comes, cannot start, or goes.
    private void editExtra(Random random) {
        int kind = random.nextInt(3);
        lastEdits.add("extra, kind " + kind);
        bad.remove(EXTRA);
        if (kind == 0) {
            write(EXTRA, extra("timer:tick?period=1000"), false);
            running.put(EXTRA, edits);
        } else if (kind == 1) {
            badEdits++;
            write(EXTRA, extra("file:target/not-there?autoCreate=false&directoryMustExist=true&startingDirectoryMustExist=true"),
                    false);
            bad.put(EXTRA, "");
        } else {
            running.remove(EXTRA);
            delete(EXTRA);
        }
    }

    private String extra(String from) {
        return "- route:\n    id: extra\n    description: Version " + edits + ".\n    from:\n      uri: " + from
                + "\n      steps:\n        - log: tick\n";
    }

    private static final List<UnaryOperator<String>> BAD = List.of(
            text -> text.replaceFirst("steps:", "steps: ["),
            text -> text.replaceFirst("ref: (\\w+)", "ref: no$1"),
            text -> text.replaceFirst("method: (\\w+)", "method: no$1"),
            text -> text.replaceFirst("uri: (direct|spring)", "uri: not$1"),
            text -> text.replaceFirst("description: .*", "description: Broken.\n    autoStartup: \"{{chat21.nothing}}\""),
            text -> text.replaceFirst("routeConfigurationId: .*", "routeConfigurationId: nothing"),
            text -> text.replaceFirst("- bean:", "- been:"),
            text -> text.replaceFirst("id: [a-z-]+", "id: " + (text.contains("id: receive\n") ? "send-message" : "receive")),
            text -> text.replace("uri: direct:", "uri: direct:x"),
            text -> text.contains("uri: direct:") && text.contains("- route:") ? "" : text);

    private String version(String file, int number) {
        return originals.get(file).replaceFirst("description: (.*)", "description: $1 Version " + number + ".");
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // At once, as some editors do, or in two steps within the same file, as others do.
    private void write(String file, String text, boolean inSteps) {
        try {
            Path path = folder.resolve(file);
            if (inSteps) {
                Files.writeString(path, text.substring(0, text.length() / 2));
                Files.writeString(path, text);
            } else {
                Path beside = Files.writeString(folder.resolve("." + file + ".swp"), text);
                Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String file) {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
