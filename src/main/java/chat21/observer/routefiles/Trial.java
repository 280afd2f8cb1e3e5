package chat21.observer.routefiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.camel.Component;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/**
 * Lets Camel parse files and prepare their routes in a context of its own, which borrows the application's beans and
 * settings and starts no consumer.
 */
final class Trial {

    private final Surroundings surroundings;

    Trial(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What Camel finds wrong with the files; one problem a file at a time, since it stops at the first. */
    SortedSet<Problem> problems(Collection<RouteFile> files) {
        SortedSet<Problem> problems = new TreeSet<>();
        List<RouteFile> left = new ArrayList<>(files);
        while (!left.isEmpty()) {
            RouteFile wrong = firstWrong(left, problems);
            if (wrong == null) {
                break;
            }
            left.remove(wrong);
        }
        return problems;
    }

    private RouteFile firstWrong(List<RouteFile> files, Collection<Problem> problems) {
        DefaultCamelContext scratch = scratch(files);
        RouteFile loading = null;
        try {
            for (RouteFile file : configurationsFirst(files)) {
                loading = file;
                PluginHelper.getRoutesLoader(scratch).loadRoutes(file.resource());
            }
            loading = null;
            scratch.start();
            return null;
        } catch (Exception e) {
            Explanation explanation = Explanation.of(e);
            RouteFile wrong = loading != null ? loading : explanation.fileAmong(files);
            problems.add(explanation.problem(wrong));
            return wrong;
        } finally {
            scratch.stop();
        }
    }

    private static List<RouteFile> configurationsFirst(List<RouteFile> files) {
        List<RouteFile> sorted = new ArrayList<>(files);
        sorted.sort((a, b) -> Boolean.compare(a.content().configurations().isEmpty() && a.content().beans().isEmpty(),
                b.content().configurations().isEmpty() && b.content().beans().isEmpty()));
        return sorted;
    }

    private DefaultCamelContext scratch(List<RouteFile> files) {
        Set<String> own = files.stream().flatMap(file -> file.content().beans().stream())
                .map(bean -> bean.name().text()).collect(Collectors.toSet());
        DefaultCamelContext scratch =
                new DefaultCamelContext(new BorrowedBeans(surroundings.context().getRegistry(), own));
        scratch.disableJMX();
        scratch.getCamelContextExtension().setName("trial");
        scratch.setAutoStartup(false);
        scratch.setApplicationContextClassLoader(surroundings.context().getApplicationContextClassLoader());
        scratch.getPropertiesComponent().addPropertiesSource(new BorrowedSettings(surroundings.context()));
        scratch.setStartupSummaryLevel(StartupSummaryLevel.Off);
        scratch.getShutdownStrategy().setTimeout(1);
        for (Map.Entry<String, Supplier<Component>> component : surroundings.components().entrySet()) {
            scratch.addComponent(component.getKey(), component.getValue().get());
        }
        return scratch;
    }
}
