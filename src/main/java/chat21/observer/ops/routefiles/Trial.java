package chat21.observer.ops.routefiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.camel.Route;
import org.apache.camel.support.PluginHelper;

import chat21.observer.internals.camel.ScratchContext;

/**
 * Lets Camel parse files and prepare their routes in a context of its own, which borrows the application's beans and
 * settings, starts nothing and acts on nothing outside of it.
 */
final class Trial {

    private final Surroundings surroundings;

    Trial(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * What Camel finds wrong with the files; one problem a file at a time, since it stops at the first.
     *
     * @param all the files that are to work together, those on trial among them
     */
    SortedSet<Problem> problems(Collection<RouteFile> files, Collection<RouteFile> all) {
        SortedSet<Problem> problems = new TreeSet<>();
        List<RouteFile> left = new ArrayList<>(files);
        while (!left.isEmpty()) {
            RouteFile wrong = firstWrong(left, all, problems);
            if (wrong == null) {
                break;
            }
            left.remove(wrong);
        }
        return problems;
    }

    private RouteFile firstWrong(List<RouteFile> files, Collection<RouteFile> all, Collection<Problem> problems) {
        Set<String> own = files.stream().flatMap(file -> file.content().beans().stream())
                .map(bean -> bean.name().text()).collect(Collectors.toSet());
        BorrowedBeans borrowed = new BorrowedBeans(surroundings.context(), own);
        ScratchContext scratch = new ScratchContext(surroundings.context(), new BorrowedSettings(surroundings.context()),
                borrowed, surroundings.components());
        RouteFile loading = null;
        try {
            for (RouteFile file : configurationsFirst(files)) {
                loading = file;
                int before = scratch.size();
                PluginHelper.getRoutesLoader(scratch).loadRoutes(file.resource());
                // A second route of one id takes the place of the first.
                if (scratch.size() == before && file.content().routes().isEmpty()) {
                    problems.add(new Problem(file.name(), 0, "Camel finds no route, template, bean, configuration or REST"
                            + " service in it"));
                    return file;
                }
            }
            loading = null;
            scratch.prepare();
            for (Route route : scratch.prepared()) {
                loading = fileOf(scratch, route, files);
                scratch.makeProducers(route);
                Optional<String> missing = surroundings.missingAt(route.getEndpoint());
                if (missing.isPresent()) {
                    problems.add(new Problem(loading.name(), ConsumerClash.line(loading, route), missing.get()));
                    return loading;
                }
            }
            Problem clash = new ConsumerClash(surroundings.context(), all).first(scratch, files);
            if (clash != null) {
                problems.add(clash);
                return files.stream().filter(file -> file.name().equals(clash.file())).findFirst().orElseThrow();
            }
            return null;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            // An integrator's class that misses another one throws an error, too.
            Explanation explanation = Explanation.of(e);
            RouteFile wrong = loading != null ? loading : explanation.fileAmong(files, scratch);
            problems.add(explanation.problem(wrong));
            return wrong;
        } finally {
            scratch.discard();
            borrowed.giveBack();
        }
    }

    private static RouteFile fileOf(ScratchContext scratch, Route route, List<RouteFile> files) {
        String location = ConsumerClash.location(scratch, route.getRouteId());
        return files.stream().filter(file -> file.resource().getLocation().equals(location)).findFirst()
                .orElse(files.get(0));
    }

    private static List<RouteFile> configurationsFirst(List<RouteFile> files) {
        List<RouteFile> sorted = new ArrayList<>(files);
        sorted.sort((a, b) -> Boolean.compare(a.content().configurations().isEmpty() && a.content().beans().isEmpty(),
                b.content().configurations().isEmpty() && b.content().beans().isEmpty()));
        return sorted;
    }
}
