package chat21.observer.ops.routefiles;

import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of the edits: on the console at once, and here for health, metrics and JMX. */
@ManagedResource(description = "Edits of the files of routes")
public final class ReloadReport {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadReport.class);

    private SortedSet<Problem> problems = new TreeSet<>();
    private long applied;
    private long refused;
    private Instant lastApplied;
    private boolean begun;

    @ManagedAttribute(description = "What keeps files from being in effect as they are: file, line and sentence")
    public synchronized String[] getProblems() {
        return problems.stream().map(Problem::toString).toArray(String[]::new);
    }

    @ManagedAttribute(description = "How many edits of a file are or were in effect")
    public synchronized long getApplied() {
        return applied;
    }

    @ManagedAttribute(description = "How many edits of a file were refused")
    public synchronized long getRefused() {
        return refused;
    }

    @ManagedAttribute(description = "When the last edit became effective, as of ISO 8601; empty before the first")
    public synchronized String getLastApplied() {
        return lastApplied == null ? "" : lastApplied.toString();
    }

    /** Whether there are routes. */
    synchronized boolean hasBegun() {
        return begun;
    }

    synchronized void begins() {
        begun = true;
    }

    /** What health says: null where all files are in effect. */
    synchronized String problem() {
        return !begun ? "the routes are not there yet" : problems.isEmpty() ? null
                : problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }

    synchronized void applied(int files) {
        applied += files;
        lastApplied = Instant.now();
    }

    /** @param running the names of the files of which something runs */
    synchronized void isNow(SortedSet<Problem> found, Set<String> running) {
        SortedSet<Problem> fresh = new TreeSet<>(found);
        fresh.removeAll(problems);
        fresh.forEach(problem -> LOG.error("{} ({})", problem, running.contains(problem.file())
                ? "as it last worked, it goes on" : "nothing of it is in effect"));
        refused += fresh.stream().map(Problem::file).distinct().count();
        if (found.isEmpty() && !problems.isEmpty()) {
            LOG.info("All files of routes are in effect");
        }
        problems = new TreeSet<>(found);
    }
}
