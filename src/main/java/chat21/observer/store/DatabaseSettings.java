package chat21.observer.store;

/**
 * Where the database is and how it is used.
 *
 * @param url                 a JDBC URL of H2 or PostgreSQL
 * @param user                its user
 * @param password            the user's password
 * @param maxConnections      size of the pool
 * @param connectionTimeoutMs how long to wait for a connection
 * @param syncToDisk          H2 only: whether a flush waits for the disk, and so survives a loss of power too
 */
public record DatabaseSettings(String url, String user, String password, int maxConnections, long connectionTimeoutMs,
        boolean syncToDisk) {

    boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    // The process is stopped in an order of its own, so H2 must not close the file under it; and statements of a few
    // shapes come again and again, so H2 keeps them parsed. It must not keep their results: it would give the same answer
    // to the same question again, whatever the transaction itself has changed since.
    String effectiveUrl() {
        return isH2() ? url + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=64;"
                + "OPTIMIZE_REUSE_RESULTS=FALSE" : url;
    }

    // H2 answers a commit before it has written it; PostgreSQL after.
    String flushStatement() {
        if (!isH2() || url.startsWith("jdbc:h2:mem:")) {
            return null;
        }
        return syncToDisk ? "checkpoint sync" : "checkpoint";
    }
}
