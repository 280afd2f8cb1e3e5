package chat21.observer.ops.routefiles;

import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of the edits: on the console at once, and here for whoever asks. */
public final class ReloadReport {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadReport.class);

    private SortedSet<Problem> problems = new TreeSet<>();
    private long applied;
    private long refused;
    private Instant lastApplied;
    private boolean begun;

    /** What keeps files from being in effect as they are, now. */
    public synchronized SortedSet<Problem> problems() {
        return new TreeSet<>(problems);
    }

    /** Whether there are routes. */
    public synchronized boolean hasBegun() {
        return begun;
    }

    synchronized void begins() {
        begun = true;
    }

    /** How many edits of a file are or were in effect. */
    public synchronized long applied() {
        return applied;
    }

    /** How many edits of a file were refused. */
    public synchronized long refused() {
        return refused;
    }

    /** When the last edit became effective; null before the first. */
    public synchronized Instant lastApplied() {
        return lastApplied;
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
