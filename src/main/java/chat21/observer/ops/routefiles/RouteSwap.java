package chat21.observer.ops.routefiles;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.engine.batch.FlowGate;

/** Exchanges routes for others while no batch is on its way, and puts the old ones back if the new ones do not start. */
final class RouteSwap {

    private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);
    private static final long GATE_MS = 2_000;
    private static final long STOP_SECONDS = 15;

    private final CamelContext context;
    private final FlowGate gate;
    private final Set<String> handOver;
    private final Runnable beforeHandOverStops;

    /**
     * @param handOver            beans that hand messages of the broker to the flow
     * @param beforeHandOverStops is called while no batch is on its way before a route with such a bean stops
     */
    RouteSwap(CamelContext context, FlowGate gate, Set<String> handOver, Runnable beforeHandOverStops) {
        this.context = context;
        this.gate = gate;
        this.handOver = Set.copyOf(handOver);
        this.beforeHandOverStops = beforeHandOverStops;
    }

    /** Whether a file takes from outside and is no part of the flow: its routes may take long to stop. */
    boolean isAside(RouteFile file) {
        RouteFile.Content content = file.content();
        return content.configurations().isEmpty() && content.beans().isEmpty() && !handsOver(file)
                && content.routes().stream().allMatch(route -> route.from() != null && route.answers() == null
                        && !route.from().text().startsWith("policy"));
    }

    /**
     * Runs {@code after} in place of {@code before} while no batch is on its way.
     *
     * @return why that did not work, and then {@code before} runs again; empty where it did
     * @throws TimeoutException if the flow did not come to a boundary in time
     */
    SortedSet<Problem> inFlow(Collection<RouteFile> before, Collection<RouteFile> after) throws TimeoutException {
        SortedSet<Problem> problems = new TreeSet<>();
        if (!before.isEmpty() || !after.isEmpty()) {
            gate.between(GATE_MS, () -> problems.addAll(exchange(before, after)));
        }
        return problems;
    }

    /** Runs {@code after} in place of {@code before}, which are no part of the flow, as {@link #inFlow} does. */
    SortedSet<Problem> aside(Collection<RouteFile> before, Collection<RouteFile> after) {
        return exchange(before, after);
    }

    private SortedSet<Problem> exchange(Collection<RouteFile> before, Collection<RouteFile> after) {
        SortedSet<Problem> problems = new TreeSet<>();
        RouteFile loading = null;
        try {
            if (before.stream().anyMatch(this::handsOver)) {
                beforeHandOverStops.run();
            }
            remove(before);
            for (RouteFile file : inOrder(after)) {
                loading = file;
                load(List.of(file));
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOG.debug("The new routes do not start", e);
            RouteFile wrong = loading == null ? before.iterator().next() : loading;
            problems.add(Explanation.of(e).problem(wrong));
            putBack(before, after);
        }
        return problems;
    }

    // What others are made of first, and what lets messages in last.
    private static List<RouteFile> inOrder(Collection<RouteFile> files) {
        return files.stream().sorted(Comparator.comparingInt(file -> {
            RouteFile.Content content = file.content();
            if (!content.configurations().isEmpty() || !content.beans().isEmpty()) {
                return 0;
            }
            return content.routes().stream().allMatch(route -> route.answers() != null) ? 1 : 2;
        })).toList();
    }

    private boolean handsOver(RouteFile file) {
        return file.content().beanUses().stream().anyMatch(use -> handOver.contains(use.bean().text()));
    }

    private void putBack(Collection<RouteFile> before, Collection<RouteFile> after) {
        try {
            remove(after);
            load(before);
        } catch (Exception e) {
            LOG.error("The old routes do not start again either; restart the application", e);
        }
    }

    private void load(Collection<RouteFile> files) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(files.stream().map(RouteFile::resource).toList());
    }

    // Stops, and then forgets, everything that the files define.
    private void remove(Collection<RouteFile> files) throws Exception {
        Set<String> locations =
                files.stream().map(file -> file.resource().getLocation()).collect(Collectors.toSet());
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
            if (route.getResource() != null && locations.contains(route.getResource().getLocation())) {
                if (context.getRoute(route.getRouteId()) != null) {
                    context.getRouteController().stopRoute(route.getRouteId(), STOP_SECONDS, TimeUnit.SECONDS);
                    context.removeRoute(route.getRouteId());
                }
                model.removeRouteDefinition(route);
            }
        }
        for (RouteFile file : files) {
            for (RouteFile.Word id : file.content().configurations()) {
                RouteConfigurationDefinition configuration = model.getRouteConfigurationDefinition(id.text());
                if (configuration != null) {
                    model.removeRouteConfiguration(configuration);
                }
            }
            file.content().beans().forEach(bean -> context.getRegistry().unbind(bean.name().text()));
        }
    }
}
