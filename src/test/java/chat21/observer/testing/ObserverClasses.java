package chat21.observer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What processes of the observer run: the jar as in production, with an archive of what the JVM makes of its classes, which
 * spares each start a third of its work. Where the classes are newer than the jar, as in an IDE, they run themselves.
 */
final class ObserverClasses {

    private static final Path JAR = Path.of("target/chat21-camel.jar");
    private static final Path ARCHIVE = Path.of("target/test-observers.jsa");
    private static final Path LOCK = Path.of("target/test-observers.lock");

    private ObserverClasses() {
    }

    /** The options of a JVM that is to run the observer; the first one of a build makes the archive at this broker. */
    static synchronized List<String> options(TestBroker broker) {
        try {
            if (!isBuilt()) {
                return List.of("-cp", System.getProperty("java.class.path"));
            }
            return isNewer(ARCHIVE, JAR) || makeArchive(broker) ? fromJar("-XX:SharedArchiveFile=" + ARCHIVE) : fromJar();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> fromJar(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", JAR.toString()));
        return all;
    }

    // False while another JVM makes it.
    private static boolean makeArchive(TestBroker broker) throws IOException {
        try (FileChannel file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                return false;
            }
            ObserverSettings settings = ObserverSettings.at(broker);
            Path made = settings.folder().resolve("classes.jsa");
            try (ObserverProcess once = ObserverProcess.start(settings, fromJar("-XX:ArchiveClassesAtExit=" + made)).awaitReady();
                    AmqpClient amqp = AmqpClient.at(broker)) {
                once.terminate();
                settings.removeQueues(amqp);
            }
            Files.move(made, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    private static boolean isBuilt() throws IOException {
        try (Stream<Path> classes = Files.walk(Path.of("target/classes"))) {
            return Files.exists(JAR) && classes.filter(Files::isRegularFile).allMatch(file -> isNewer(JAR, file));
        }
    }

    private static boolean isNewer(Path file, Path than) {
        return file.toFile().lastModified() >= than.toFile().lastModified();
    }
}
