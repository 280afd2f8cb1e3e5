package chat21.observer.database;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the database is and how it is used.
 *
 * @param url                 a JDBC URL of H2 or PostgreSQL
 * @param user                its user
 * @param password            the user's password
 * @param maxConnections      size of the pool
 * @param connectionTimeoutMs how long to wait for a connection
 * @param syncToDisk          H2 only: whether a commit of the flow waits for the disk, and so survives a loss of power too
 * @param socketTimeoutMs     PostgreSQL only: how long its answer to a statement may take until its host counts as gone
 * @param longTimeoutMs       PostgreSQL only: the same for statements that may touch very many rows
 */
public record DatabaseSettings(String url, String user, String password, int maxConnections, long connectionTimeoutMs,
        boolean syncToDisk, int socketTimeoutMs, int longTimeoutMs) {

    private static final int DEFAULT_SOCKET_TIMEOUT_MS = 15_000;
    private static final int DEFAULT_LONG_TIMEOUT_MS = 600_000;

    // The process is stopped in an order of its own, so H2 must not close the file under it; and statements of a few
    // shapes come again and again, so H2 keeps them parsed. It must not keep their results: it would give the same answer
    // to the same question again, whatever the transaction itself has changed since. H2's own thread never writes, since
    // it does not look for transactions: DatabaseFile writes. Of the pages that are read few are kept, in KB: the system
    // keeps the file in memory anyway, and what lives for a second in a heap this small makes its collections long.
    private static final List<String> H2 = List.of("DB_CLOSE_ON_EXIT=FALSE", "DB_CLOSE_DELAY=-1", "QUERY_CACHE_SIZE=64",
            "OPTIMIZE_REUSE_RESULTS=FALSE", "WRITE_DELAY=2147483647", "CACHE_SIZE=2048");

    /** With the default bounds of statements. */
    public DatabaseSettings(String url, String user, String password, int maxConnections, long connectionTimeoutMs,
            boolean syncToDisk) {
        this(url, user, password, maxConnections, connectionTimeoutMs, syncToDisk, DEFAULT_SOCKET_TIMEOUT_MS,
                DEFAULT_LONG_TIMEOUT_MS);
    }

    /** Whether this process writes the database's file itself, and later than it says. */
    public boolean isEmbeddedFile() {
        return isH2() && !url.matches("jdbc:h2:(mem|tcp|ssl):.*");
    }

    /** The file of embedded H2, as far as the URL says where that is; else null. */
    public Path file() {
        String file = url.replaceFirst("^jdbc:h2:(file:|nio:|async:)?", "").replaceFirst(";.*", "");
        boolean known = isEmbeddedFile() && !file.startsWith("~") && !file.contains(":");
        return known ? Path.of(file + ".mv.db").toAbsolutePath() : null;
    }

    boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    /** The URL with what is best for this application, as far as it does not say otherwise itself. */
    String effectiveUrl() {
        return isH2() ? withH2Settings() : withParameters(socketTimeoutMs);
    }

    /** The same for changes of the schema, whose statements take as long as there are rows. */
    String schemaUrl() {
        return isH2() ? withH2Settings() : withParameters(0);
    }

    private String withH2Settings() {
        StringBuilder all = new StringBuilder(url);
        String own = url.toUpperCase(Locale.ROOT);
        H2.stream().filter(each -> !own.contains(';' + each.substring(0, each.indexOf('=') + 1)))
                .forEach(each -> all.append(';').append(each));
        return all.toString();
    }

    // The driver by itself waits for a host that has vanished as long as the system does, a quarter of an hour and more; and
    // for ten seconds does not ask a standby again, which may be the primary by now; of several hosts it takes any, and a
    // standby stores nothing. Times are in seconds.
    private String withParameters(int silenceMs) {
        StringBuilder all = new StringBuilder(url);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("connectTimeout", seconds(connectionTimeoutMs / 2));
        parameters.put("socketTimeout", silenceMs == 0 ? 0 : seconds(silenceMs));
        parameters.put("tcpKeepAlive", true);
        if (url.matches("jdbc:postgresql://[^/?]*,.*")) {
            parameters.put("targetServerType", "primary");
        }
        parameters.put("hostRecheckSeconds", 2);
        parameters.put("ApplicationName", "chat21-camel");
        parameters.forEach((name, value) -> {
            if (!url.matches(".*[?&]" + name + "=.*")) {
                all.append(all.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value);
            }
        });
        return all.toString();
    }

    private static long seconds(long ms) {
        return Math.max(1, (ms + 999) / 1_000);
    }

    // H2 locks its file, except in its mixed mode.
    boolean servesOneProcess() {
        return isEmbeddedFile() && !url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER=TRUE");
    }

    // A process that stands still in the middle of a transaction must not hold what others wait for, above all its queues.
    // Who waits for a lock gives up before the connection is, so that the server does not go on waiting for nobody.
    String initStatement() {
        return isH2() ? null : "set idle_in_transaction_session_timeout = 5000; set lock_timeout = "
                + Math.max(socketTimeoutMs / 2, socketTimeoutMs - 2_000);
    }
}
