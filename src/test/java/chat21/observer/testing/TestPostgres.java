package chat21.observer.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

import chat21.observer.tls.OwnCertificate;

/** A real PostgreSQL for tests, of the installed package, on a free port and with a data folder of its own. */
public final class TestPostgres implements AutoCloseable {

    private static final String USER = "chat21";
    /** The user that its processes run as where this one is root. */
    public static final String ACCOUNT = "nobody";

    private static TestPostgres shared;

    private final Path bin;
    private final boolean durable;
    private final Path folder;
    private final int port = Ports.free();
    private final Thread atExit = new Thread(this::close, "stop-postgres");
    private Process process;
    private boolean closed;

    private TestPostgres(Path bin, boolean durable) throws IOException {
        this.bin = bin;
        this.durable = durable;
        folder = Files.createTempDirectory("chat21-postgres-");
        Runtime.getRuntime().addShutdownHook(atExit);
        if (runsAsRoot()) {
            run(List.of("chown", ACCOUNT, folder.toString()));
        }
        run(asAccount(bin.resolve("initdb").toString(), "-D", data(), "-U", USER, "--auth=trust", "--no-sync",
                "--encoding=UTF8", "--locale=C"));
        start();
    }

    /** The PostgreSQL that the tests of this JVM share; where none is installed the test is skipped. */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            shared = own();
        }
        return shared;
    }

    /** A PostgreSQL for one test alone, to be closed by it; where none is installed the test is skipped. */
    public static TestPostgres own() {
        return own(false);
    }

    /** One that waits for the disk as it would in production, for measurements. */
    public static TestPostgres durable() {
        return own(true);
    }

    private static TestPostgres own(boolean durable) {
        Path bin = newestBin();
        Assumptions.assumeTrue(bin != null, "PostgreSQL is not installed in /usr/lib/postgresql, so this is not shown");
        try {
            return new TestPostgres(bin, durable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new empty database. */
    public TestDatabase newDatabase() {
        String name = "chat_" + UUID.randomUUID().toString().replace("-", "");
        new TestDatabase(url("postgres"), USER, "").change("create database " + name);
        return new TestDatabase(url(name), USER, "");
    }

    /** Ends the server in good order, though its clients are cut off; {@link #start()} brings it back. */
    public void stop() {
        signal("INT");
    }

    /** Starts the stopped server again, on the same port and with the same data. */
    public void start() {
        try {
            process = new ProcessBuilder(asAccount(bin.resolve("postgres").toString(), "-D", data(), "-p",
                    String.valueOf(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
                    "fsync=" + (durable ? "on" : "off"), "-c", "max_connections=60")).directory(Path.of("/").toFile())
                    .redirectErrorStream(true).redirectOutput(folder.resolveSibling(folder.getFileName() + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("PostgreSQL answers").until(this::answers);
    }

    /** Shows this certificate to whoever asks for TLS, from its next start on, which is now. */
    public void show(OwnCertificate certificate) {
        try {
            Path shown = Path.of(data(), "server.crt");
            Path key = Path.of(data(), "server.key");
            Files.copy(certificate.certificate(), shown, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(certificate.key(), key, StandardCopyOption.REPLACE_EXISTING);
            if (runsAsRoot()) {
                run(List.of("chown", ACCOUNT, shown.toString(), key.toString()));
            }
            run(List.of("chmod", "600", key.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new TestDatabase(url("postgres"), USER, "").change("alter system set ssl = on");
        stop();
        start();
    }

    /** Makes all of it stand still (SIGSTOP): it takes connections and says nothing. */
    public void pause() {
        signalAll("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signalAll("CONT");
    }

    private void signalAll(String name) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, String.valueOf(process.pid())));
        process.descendants().forEach(child -> command.add(String.valueOf(child.pid())));
        run(command);
    }

    /** The port that it listens at. */
    public int port() {
        return port;
    }

    /** The number of its process, above those of its connections. */
    public long pid() {
        return process.pid();
    }

    /** Cuts all connections to a database, as an administrator would. */
    public void cutConnections(TestDatabase database) {
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        new TestDatabase(url("postgres"), USER, "").rows(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = ?", name);
    }

    /** Ends the server for good and removes its data. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (process != null && process.isAlive()) {
            signal("QUIT");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + ".log"));
        } catch (IOException e) {
            System.err.println("The data of a test's PostgreSQL could not be removed: " + e);
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void signal(String name) {
        run(List.of("kill", "-" + name, String.valueOf(process.pid())));
        await("PostgreSQL ends").until(() -> !process.isAlive());
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** The command as a user that PostgreSQL does not refuse, as it does root. */
    public static List<String> asAccount(String... command) {
        List<String> all = new ArrayList<>();
        if (runsAsRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + ACCOUNT, "--regid=nogroup", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The programs of the newest installed PostgreSQL; null if there is none. */
    public static Path newestBin() {
        Path packages = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(packages)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(packages)) {
            return versions.filter(v -> v.getFileName().toString().matches("\\d+"))
                    .max(Comparator.comparingInt(v -> Integer.parseInt(v.getFileName().toString())))
                    .map(v -> v.resolve("bin")).filter(b -> Files.isExecutable(b.resolve("postgres"))).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes());
            if (!Patience.untilEndOf(process) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
