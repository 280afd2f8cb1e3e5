package chat21.observer.ops.routefiles;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs files for the first time in this process. A file that is wrong is replaced by what last worked of it; where there is
 * nothing, or that does not work any more, it is left out.
 */
final class RouteStart {

    private final RouteCheck check;
    private final RouteSwap swap;
    private final SortedMap<String, RouteFile> lastGood;
    // What is left to fall back on.
    private final SortedMap<String, RouteFile> spare;
    private final SortedSet<Problem> problems = new TreeSet<>();

    /** @param lastGood what ran before, by name */
    RouteStart(RouteCheck check, RouteSwap swap, SortedMap<String, RouteFile> lastGood) {
        this.check = check;
        this.swap = swap;
        this.lastGood = lastGood;
        this.spare = new TreeMap<>(lastGood);
    }

    /** What is wrong with the files, as it stands. */
    SortedSet<Problem> problems() {
        return problems;
    }

    /**
     * Starts what works of these files.
     *
     * @return what runs, by name
     * @throws BrokenRoutes if a route is missing then that the application or another file calls
     */
    SortedMap<String, RouteFile> start(SortedMap<String, RouteFile> files) throws TimeoutException {
        SortedMap<String, RouteFile> chosen = new TreeMap<>(files);
        SortedSet<Problem> found = tried(chosen);
        SortedSet<Problem> first = found;
        while (!found.isEmpty()) {
            problems.addAll(found);
            if (!fallBack(chosen, found)) {
                throw new BrokenRoutes(first.stream().map(Problem::toString).collect(Collectors.joining("\n")));
            }
            found = tried(chosen);
        }
        return chosen;
    }

    private SortedSet<Problem> tried(SortedMap<String, RouteFile> chosen) throws TimeoutException {
        Collection<RouteFile> files = chosen.values();
        SortedSet<Problem> found = check.problemsAtStart(files, lastGood);
        return found.isEmpty() ? swap.inFlow(List.of(), files) : found;
    }

    private boolean fallBack(SortedMap<String, RouteFile> chosen, SortedSet<Problem> found) {
        boolean isOther = false;
        for (String name : found.stream().map(Problem::file).collect(Collectors.toSet())) {
            RouteFile wrong = chosen.remove(name);
            RouteFile before = spare.remove(name);
            if (before != null && !before.isSame(wrong)) {
                chosen.put(name, before);
            }
            isOther |= wrong != chosen.get(name);
        }
        return isOther;
    }
}
