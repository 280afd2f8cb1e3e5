package chat21.observer.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A system to measure.
 *
 * @param detail command line of a COMMAND, URI of an EXTERNAL one
 * @param setup  of an OBSERVER
 */
record Target(String name, Kind kind, String detail, Setup setup) {

    /** The name that the yardstick has. */
    static final String RELAY = "relay";

    enum Kind { RELAY, OBSERVER, COMMAND, EXTERNAL }

    /** Reads {@code relay}, an observer's set-up or the AMQP URI of a system that runs already. */
    static Target parse(String text) {
        if (text.equals(RELAY)) {
            return new Target(RELAY, Kind.RELAY, "", Setup.PLAIN);
        }
        Optional<Setup> setup = Setup.parse(text);
        if (setup.isPresent()) {
            return new Target(text, Kind.OBSERVER, "", setup.get());
        }
        if (text.matches("amqps?://.+")) {
            // What stands before the host may be a password.
            return new Target(text.replaceFirst("^amqps?://(.*@)?", ""), Kind.EXTERNAL, text, Setup.PLAIN);
        }
        throw new IllegalArgumentException("'" + text + "' is no target: relay, observer, observer-postgres, "
                + "observer-filled, observer-postgres-2-nodes, observer-without:STEP or "
                + "amqp://… would be");
    }

    static Target command(String name, String command) {
        return new Target(name, Kind.COMMAND, command, Setup.PLAIN);
    }

    /** A name for files. */
    String fileName() {
        return name.replaceAll("[^A-Za-z0-9-]+", "-");
    }

    /** How to start it, from the project's folder. */
    List<String> commandLine(Path root, List<String> observerOptions) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return switch (kind) {
            case RELAY -> List.of(java, "-XX:+UseSerialGC", "-Xmx512m", "-cp", System.getProperty("java.class.path"),
                    Relay.class.getName());
            case OBSERVER -> {
                Path jar = root.resolve("target/chat21-camel.jar");
                Path archive = root.resolve("target/chat21-camel.jsa");
                List<String> classes = isNewer(archive, jar) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
                // What stands in for publishing is no part of the observer.
                String path = setup.publishes() ? jar.toString() : jar + File.pathSeparator + root.resolve("target/test-classes");
                List<String> start = List.of("-cp", path, "chat21.observer.Observer");
                yield Stream.of(List.of(java), classes, observerOptions, start).flatMap(List::stream).toList();
            }
            case COMMAND -> List.of("bash", "-c", "exec " + detail);
            case EXTERNAL -> throw new IllegalStateException(name + " is not started here");
        };
    }

    // What a run of bin/run left behind of the classes counts as in bin/run.
    private static boolean isNewer(Path archive, Path jar) {
        try {
            return Files.exists(archive) && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
