package chat21.observer.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** A primary whose commits are on its standby before they are told, and that standby, which can take its place. */
final class Postgres {

    private static final String USER = "chat21";
    private static final String DATABASE = "chat";
    private static final int PORT = 5432;

    private final Path bin = TestPostgres.newestBin();
    private final Network network;
    private final List<Host> hosts;
    private final Path logs;
    private Host primary;
    private Host standby;

    Postgres(Network network, Host first, Host second, Path logs) {
        this.network = network;
        this.hosts = List.of(first, second);
        this.logs = logs;
        this.primary = first;
        this.standby = second;
        try {
            begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() throws IOException {
        for (Host host : hosts) {
            primary.run("install", "-d", "-o", TestPostgres.ACCOUNT, folder(host).toString());
        }
        runAs(primary, "initdb", "-D", data(primary), "-U", USER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C");
        Files.writeString(Path.of(data(primary), "pg_hba.conf"), "host all all %1$s trust\nhost replication all %1$s trust\n"
                .formatted(network.range()), StandardOpenOption.APPEND);
        Files.writeString(Path.of(data(primary), "postgresql.conf"), """
                listen_addresses = '*'
                unix_socket_directories = ''
                max_connections = 100
                wal_keep_size = '256MB'
                # The machine itself does not fail here.
                fsync = off
                """, StandardOpenOption.APPEND);
        start(primary);
        empty();
        addStandby();
    }

    /** Gives applications a database without tables. */
    void empty() {
        at(primary, "postgres").change("drop database if exists " + DATABASE + " with (force)");
        at(primary, "postgres").change("create database " + DATABASE);
    }

    /** Makes the other host a standby of the primary from nothing, whatever it was. */
    void addStandby() {
        standby.killAll();
        standby.heal();
        standby.run("rm", "-rf", data(standby));
        runAs(standby, "pg_basebackup", "-D", data(standby), "-R", "-h", primary.address(), "-U", USER, "--no-sync",
                "--checkpoint=fast");
        start(standby);
        await("a standby").pollInterval(Duration.ofMillis(200)).until(() -> at(primary, "postgres").number(
                "select count(*) from pg_stat_replication where state = 'streaming'") == 1);
        synchronous("*");
    }

    /** The standby becomes the primary, which waits for no other one. */
    void promote() {
        at(standby, "postgres").rows("select pg_promote()");
        Host former = primary;
        primary = standby;
        standby = former;
        synchronous("");
    }

    private void synchronous(String names) {
        TestDatabase database = at(primary, "postgres");
        // Not to wait for the standby with this very change.
        database.change("alter system set synchronous_standby_names = '" + names + "'");
        database.rows("select pg_reload_conf()");
    }

    /** Where the primary is. */
    Host primary() {
        return primary;
    }

    /** Where its standby is. */
    Host standby() {
        return standby;
    }

    /** Whether its place can be taken. */
    boolean hasStandby() {
        return answers(standby) && at(primary, "postgres").number(
                "select count(*) from pg_stat_replication where sync_state = 'sync'") == 1;
    }

    /** The tables as they are on the primary now. */
    TestDatabase database() {
        return at(primary, DATABASE);
    }

    /** The address for applications, which find the primary themselves. */
    TestDatabase forApplications() {
        return new TestDatabase("jdbc:postgresql://" + hosts.get(0).address() + ":" + PORT + "," + hosts.get(1).address() + ":"
                + PORT + "/" + DATABASE, USER, "");
    }

    private static TestDatabase at(Host host, String database) {
        return new TestDatabase("jdbc:postgresql://" + host.address() + ":" + PORT + "/" + database, USER, "");
    }

    private void start(Host host) {
        host.start(Path.of("/"), logs.resolve(host.name() + ".log"), Map.of(), asAccount("postgres", "-D", data(host)));
        await("PostgreSQL answers on " + host.name()).pollInterval(Duration.ofMillis(100)).until(() -> answers(host));
    }

    private static boolean answers(Host host) {
        try (Connection connection = DriverManager.getConnection(at(host, "postgres").url() + "?connectTimeout=2", USER, "")) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private void runAs(Host host, String... command) {
        host.run(asAccount(command));
    }

    private String[] asAccount(String program, String... arguments) {
        List<String> all = new ArrayList<>(List.of(bin.resolve(program).toString()));
        all.addAll(List.of(arguments));
        return TestPostgres.asAccount(all.toArray(String[]::new)).toArray(String[]::new);
    }

    private String[] asAccount(String[] command) {
        List<String> all = List.of(command);
        return asAccount(all.get(0), all.subList(1, all.size()).toArray(String[]::new));
    }

    private Path folder(Host host) {
        return network.folder().resolve(host.name());
    }

    private String data(Host host) {
        return folder(host).resolve("data").toString();
    }
}
