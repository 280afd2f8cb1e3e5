package chat21.observer.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A system to measure.
 *
 * @param detail command line of a COMMAND, URI of an EXTERNAL one, the step that an OBSERVER goes without
 */
record Target(String name, Kind kind, String detail) {

    /** The name that the yardstick has. */
    static final String RELAY = "relay";

    private static final String OBSERVER = "observer";
    private static final String WITHOUT = "observer-without:";

    enum Kind { RELAY, OBSERVER, COMMAND, EXTERNAL }

    /** Reads {@code relay}, {@code observer}, {@code observer-without:STEP} or the AMQP URI of a system that runs already. */
    static Target parse(String text) {
        if (text.equals(RELAY)) {
            return new Target(RELAY, Kind.RELAY, "");
        }
        if (text.equals(OBSERVER)) {
            return new Target(OBSERVER, Kind.OBSERVER, "");
        }
        if (text.startsWith(WITHOUT) && text.length() > WITHOUT.length()) {
            return new Target(text, Kind.OBSERVER, text.substring(WITHOUT.length()));
        }
        if (text.matches("amqps?://.+")) {
            // What stands before the host may be a password.
            return new Target(text.replaceFirst("^amqps?://(.*@)?", ""), Kind.EXTERNAL, text);
        }
        throw new IllegalArgumentException("'" + text + "' is no target: relay, observer, observer-without:STEP or "
                + "amqp://… would be");
    }

    static Target command(String name, String command) {
        return new Target(name, Kind.COMMAND, command);
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
                List<String> start = List.of("-cp", jar.toString(),
                        "chat21.observer.Observer");
                yield Stream.of(List.of(java), observerOptions, start).flatMap(List::stream).toList();
            }
            case COMMAND -> List.of("bash", "-c", "exec " + detail);
            case EXTERNAL -> throw new IllegalStateException(name + " is not started here");
        };
    }
}
