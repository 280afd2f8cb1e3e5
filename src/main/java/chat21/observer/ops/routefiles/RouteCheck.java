package chat21.observer.ops.routefiles;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says of files of routes whether they would work, and of each that would not, where and why. */
public final class RouteCheck {

    private final Surroundings surroundings;

    public RouteCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is wrong with files that nothing runs of yet. */
    public SortedSet<Problem> problems(Collection<RouteFile> files) {
        SortedSet<Problem> problems = ownProblems(files, files);
        problems.addAll(new CallCheck(surroundings, Map.of()).problems(files));
        return problems;
    }

    /**
     * What is wrong with files that are to be started. What a file gets wrong by itself comes first, and alone. Files that
     * all ran before are not tried once more beside, which would take half a second of each start.
     *
     * @param before what ran in an earlier process, by name
     */
    SortedSet<Problem> problemsAtStart(Collection<RouteFile> files, Map<String, RouteFile> before) {
        boolean ran = files.stream().allMatch(file -> file.isSame(before.get(file.name())));
        SortedSet<Problem> problems = ran ? namesIn(files, files) : ownProblems(files, files);
        return problems.isEmpty() ? new CallCheck(surroundings, before).problems(files) : problems;
    }

    /**
     * What is wrong with files of which some run. What a file gets wrong by itself comes first, and alone: what others
     * then miss in it is no fault of theirs.
     *
     * @param files   all files as they are to run together
     * @param changed those that do not run so yet, or are touched by what changes
     * @param running what runs now, by name
     */
    SortedSet<Problem> problems(Collection<RouteFile> files, Collection<RouteFile> changed,
            Map<String, RouteFile> running) {
        SortedSet<Problem> problems = ownProblems(files, changed);
        problems.addAll(templates(files, running));
        return problems.isEmpty() ? new CallCheck(surroundings, running).problems(files) : problems;
    }

    // What the application has made of a template at its start stays as it is.
    private static SortedSet<Problem> templates(Collection<RouteFile> files, Map<String, RouteFile> running) {
        SortedSet<Problem> problems = new TreeSet<>();
        for (RouteFile runs : running.values()) {
            boolean isSame = files.stream().anyMatch(file -> file.isSame(runs) && file.name().equals(runs.name()));
            if (!runs.content().templates().isEmpty() && !isSame) {
                problems.add(new Problem(runs.name(), 0, "a template of routes takes effect at the next start only"));
            }
        }
        return problems;
    }

    private SortedSet<Problem> ownProblems(Collection<RouteFile> files, Collection<RouteFile> changed) {
        SortedSet<Problem> problems = namesIn(files, changed);
        // What others share is made anew with them, so that none is lent to a trial while the application uses it.
        List<RouteFile> sound = files.stream()
                .filter(file -> changed.contains(file) || !file.content().beans().isEmpty()
                        || !file.content().configurations().isEmpty())
                .filter(file -> problems.stream().noneMatch(problem -> problem.file().equals(file.name()))).toList();
        if (!changed.isEmpty()) {
            problems.addAll(new Trial(surroundings).problems(sound, files));
        }
        return problems;
    }

    private SortedSet<Problem> namesIn(Collection<RouteFile> files, Collection<RouteFile> changed) {
        SortedSet<Problem> problems = new TreeSet<>();
        NameCheck names = new NameCheck(surroundings, files);
        changed.forEach(file -> problems.addAll(names.problems(file)));
        return problems;
    }
}
