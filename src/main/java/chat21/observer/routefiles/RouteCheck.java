package chat21.observer.routefiles;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says of files of routes whether they would work, and of each that would not, where and why. */
public final class RouteCheck {

    private final Surroundings surroundings;

    public RouteCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is wrong with files that nothing runs of yet. */
    public SortedSet<Problem> problems(Collection<RouteFile> files) {
        return problems(files, files, Map.of());
    }

    /** What the files name in vain, found without Camel's help. */
    public SortedSet<Problem> wrongNames(Collection<RouteFile> files) {
        return wrongNames(files, files, Map.of());
    }

    /**
     * What is wrong with files of which some run.
     *
     * @param files   all files as they are to run together
     * @param changed those that do not run so yet, or are touched by what changes
     * @param running what runs now, by name
     */
    SortedSet<Problem> problems(Collection<RouteFile> files, Collection<RouteFile> changed,
            Map<String, RouteFile> running) {
        SortedSet<Problem> problems = wrongNames(files, changed, running);
        List<RouteFile> sound = changed.stream()
                .filter(file -> problems.stream().noneMatch(problem -> problem.file().equals(file.name()))).toList();
        problems.addAll(new Trial(surroundings).problems(sound));
        return problems;
    }

    private SortedSet<Problem> wrongNames(Collection<RouteFile> files, Collection<RouteFile> changed,
            Map<String, RouteFile> running) {
        SortedSet<Problem> problems = new TreeSet<>();
        NameCheck names = new NameCheck(surroundings, files);
        changed.forEach(file -> problems.addAll(names.problems(file)));
        problems.addAll(new CallCheck(surroundings, running).problems(files));
        return problems;
    }

    static SortedMap<String, RouteFile> byName(Collection<RouteFile> files) {
        SortedMap<String, RouteFile> named = new TreeMap<>();
        files.forEach(file -> named.put(file.name(), file));
        return named;
    }
}
