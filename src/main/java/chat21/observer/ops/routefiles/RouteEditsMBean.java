package chat21.observer.ops.routefiles;

/** What JMX shows of edits of the files of routes. */
public interface RouteEditsMBean {

    /** What keeps files from being in effect as they are: file, line and sentence. */
    String[] getProblems();

    /** How many edits of a file became effective. */
    long getApplied();

    /** How many edits of a file were refused. */
    long getRefused();

    /** When the last edit became effective, as of ISO 8601; empty before the first. */
    String getLastApplied();
}
