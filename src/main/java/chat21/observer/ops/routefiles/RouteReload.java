package chat21.observer.ops.routefiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what runs in line with the files, file by file: what would not work is reported and left as it runs. Messages
 * are in no route while routes are exchanged.
 */
public final class RouteReload {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

    private final RouteCheck check;
    private final RouteSwap swap;
    private final ReloadReport report;
    private final LastGood lastGood;
    private SortedMap<String, RouteFile> running = new TreeMap<>();

    RouteReload(RouteCheck check, RouteSwap swap, ReloadReport report, LastGood lastGood) {
        this.check = check;
        this.swap = swap;
        this.report = report;
        this.lastGood = lastGood;
    }

    /**
     * Runs these files, on which nobody depends yet: what is wrong as it last worked, or not at all where the others do
     * without it.
     *
     * @throws BrokenRoutes if there is no flow then
     */
    void begin(SortedMap<String, RouteFile> files) throws TimeoutException {
        RouteStart start = new RouteStart(check, swap, lastGood.files());
        running = start.start(files);
        report.isNow(start.problems(), running.keySet());
        report.begins();
        lastGood.keep(running);
    }

    /**
     * Makes these files effective, as far as they work.
     *
     * @param sources what stands in all files, by their names
     * @throws TimeoutException if the flow did not come to a boundary between batches in time; nothing has changed then
     */
    void follow(SortedMap<String, RouteSource> sources) throws TimeoutException {
        SortedMap<String, RouteFile> wanted = new TreeMap<>();
        sources.forEach((name, source) -> {
            RouteFile file = RouteFile.of(name, source);
            wanted.put(name, file.isSame(running.get(name)) ? running.get(name) : file);
        });
        SortedSet<Problem> problems = new TreeSet<>();
        while (!wanted.equals(running)) {
            List<RouteFile> touched = touched(wanted);
            SortedSet<Problem> found = check.problems(wanted.values(), touched, running);
            if (found.isEmpty()) {
                found = exchange(wanted, touched);
            }
            if (!found.isEmpty()) {
                SortedSet<Problem> blamed = blame(found, wanted);
                problems.addAll(blamed);
                leaveAsItRuns(wanted, blamed.stream().map(Problem::file).collect(Collectors.toSet()));
            }
        }
        report.isNow(problems, running.keySet());
    }

    private SortedSet<Problem> exchange(SortedMap<String, RouteFile> wanted, List<RouteFile> touched)
            throws TimeoutException {
        Set<String> names = Stream.concat(touched.stream().map(RouteFile::name),
                running.keySet().stream().filter(name -> !wanted.containsKey(name))).collect(Collectors.toSet());
        Set<String> aside = names.stream().filter(name -> Stream.of(running.get(name), wanted.get(name))
                .filter(Objects::nonNull).allMatch(swap::isAside)).collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(aside);
        SortedSet<Problem> problems = swap.inFlow(only(running, names), only(wanted, names));
        if (!problems.isEmpty()) {
            return problems;
        }
        runs(wanted, names);
        // Each by itself, so that one that does not start touches nothing else.
        for (String name : aside) {
            SortedSet<Problem> own = swap.aside(only(running, Set.of(name)), only(wanted, Set.of(name)));
            problems.addAll(own);
            if (own.isEmpty()) {
                runs(wanted, Set.of(name));
            }
        }
        return problems;
    }

    private void runs(SortedMap<String, RouteFile> wanted, Set<String> names) {
        List<String> changed = names.stream()
                .filter(name -> !wanted.containsKey(name) || !wanted.get(name).isSame(running.get(name)))
                .sorted().toList();
        changed.forEach(name -> LOG.info("{} {}", name, wanted.containsKey(name) ? "is in effect" : "is gone"));
        report.applied(changed.size());
        for (String name : names) {
            if (wanted.containsKey(name)) {
                running.put(name, wanted.get(name));
            } else {
                running.remove(name);
            }
        }
        lastGood.keep(running);
    }

    // What is wrong may show in a file that did not change; then those that did change are to blame.
    private SortedSet<Problem> blame(SortedSet<Problem> found, SortedMap<String, RouteFile> wanted) {
        Set<String> changed = Stream.concat(wanted.keySet().stream(), running.keySet().stream())
                .filter(name -> !Objects.equals(wanted.get(name), running.get(name))).collect(Collectors.toSet());
        SortedSet<Problem> blamed = found.stream().filter(problem -> changed.contains(problem.file()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (blamed.isEmpty()) {
            changed.forEach(name -> blamed.add(new Problem(name, 0, "with this edit, " + found.first())));
        }
        return blamed;
    }

    private void leaveAsItRuns(SortedMap<String, RouteFile> wanted, Set<String> names) {
        for (String name : names) {
            if (running.containsKey(name)) {
                wanted.put(name, running.get(name));
            } else {
                wanted.remove(name);
            }
        }
    }

    // A changed file, and whoever uses a route configuration or a bean of one.
    private List<RouteFile> touched(SortedMap<String, RouteFile> wanted) {
        List<RouteFile> changed = wanted.values().stream()
                .filter(file -> !file.isSame(running.get(file.name()))).toList();
        Set<String> shared = new HashSet<>();
        Stream.concat(changed.stream(), running.values().stream()
                .filter(file -> !file.isSame(wanted.get(file.name())))).forEach(file -> {
                    file.content().configurations().forEach(id -> shared.add(id.text()));
                    file.content().beans().forEach(bean -> shared.add(bean.name().text()));
                });
        List<RouteFile> touched = new ArrayList<>(changed);
        wanted.values().stream().filter(file -> !changed.contains(file) && uses(file, shared)).forEach(touched::add);
        return touched;
    }

    private static boolean uses(RouteFile file, Set<String> shared) {
        return file.content().routes().stream().map(RouteFile.RouteEntry::configuration)
                .anyMatch(id -> id != null && shared.contains(id.text()))
                || file.content().beanUses().stream().anyMatch(use -> shared.contains(use.bean().text()));
    }

    private static Collection<RouteFile> only(Map<String, RouteFile> files, Set<String> names) {
        return files.values().stream().filter(file -> names.contains(file.name())).toList();
    }
}
