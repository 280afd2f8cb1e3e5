package chat21.observer.routefiles;

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

    /** What the files name in vain, found without Camel's help. */
    public SortedSet<Problem> wrongNames(Collection<RouteFile> files) {
        SortedSet<Problem> problems = namesIn(files, files);
        problems.addAll(new CallCheck(surroundings, Map.of()).problems(files));
        return problems;
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
        List<RouteFile> sound = changed.stream()
                .filter(file -> problems.stream().noneMatch(problem -> problem.file().equals(file.name()))).toList();
        problems.addAll(new Trial(surroundings).problems(sound));
        return problems;
    }

    private SortedSet<Problem> namesIn(Collection<RouteFile> files, Collection<RouteFile> changed) {
        SortedSet<Problem> problems = new TreeSet<>();
        NameCheck names = new NameCheck(surroundings, files);
        changed.forEach(file -> problems.addAll(names.problems(file)));
        return problems;
    }
}
