package chat21.observer.api.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedProcessorMBean;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;

/**
 * The routes that come from files, with their steps and what Camel has counted in each for JMX. The view is kept for a
 * moment, so that however often it is asked for costs the flow nothing.
 */
final class FlowView {

    private static final long KEPT_NANOS = 300_000_000;

    private final CamelContext context;
    private final ObjectMapper json = new ObjectMapper();
    private byte[] kept;
    private long keptSince;

    FlowView(CamelContext context) {
        this.context = context;
    }

    /**
     * A route.
     *
     * @param total  how many exchanges have come through it
     * @param failed how many of them failed
     * @param meanMs how long one took, on average
     */
    record RouteCounts(String id, String description, String state, String from, long total, long failed, long meanMs,
            List<StepCounts> steps) {
    }

    /**
     * A step of a route.
     *
     * @param level how deep it stands in others; 1 is the route's own level
     * @param kind  what kind of step it is, such as {@code bean} or {@code split}
     */
    record StepCounts(String id, String description, String kind, int level, long total, long failed) {
    }

    /** The routes as JSON: {@code {"routes":[{"id":…,"total":…,"steps":[{"id":…,"total":…}]}]}}. */
    synchronized byte[] json() throws JsonProcessingException {
        if (kept == null || System.nanoTime() - keptSince > KEPT_NANOS) {
            kept = json.writeValueAsBytes(new Flow(routes()));
            keptSince = System.nanoTime();
        }
        return kept;
    }

    private record Flow(List<RouteCounts> routes) {
    }

    private List<RouteCounts> routes() {
        ManagedCamelContext managed = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        if (managed == null) {
            return List.of();
        }
        return context.getRoutes().stream().filter(FlowView::isFromFile).map(route -> counts(managed, route))
                .filter(Objects::nonNull).sorted(Comparator.comparing(RouteCounts::id)).toList();
    }

    private static boolean isFromFile(Route route) {
        // Those that consume the queues are made of a template, one a queue.
        return route.isCreatedByRouteTemplate()
                || route.getSourceResource() != null && route.getSourceResource().getLocation().endsWith(".yaml");
    }

    // A route that is just being replaced may be gone between two looks.
    private static RouteCounts counts(ManagedCamelContext managed, Route route) {
        ManagedRouteMBean bean = managed.getManagedRoute(route.getRouteId());
        return bean == null ? null : new RouteCounts(route.getRouteId(), bean.getDescription(), bean.getState(),
                route.getEndpoint().getEndpointBaseUri(), bean.getExchangesTotal(),
                bean.getExchangesFailed(), bean.getMeanProcessingTime(), steps(managed, bean));
    }

    private static List<StepCounts> steps(ManagedCamelContext managed, ManagedRouteMBean route) {
        List<ManagedProcessorMBean> found = new ArrayList<>();
        for (String id : ids(route)) {
            ManagedProcessorMBean step = managed.getManagedProcessor(id);
            if (step != null) {
                found.add(step);
            }
        }
        return found.stream().sorted(Comparator.comparing(step -> step.getIndex() == null ? 0 : step.getIndex()))
                .map(step -> new StepCounts(step.getProcessorId(), step.getDescription(), step.getProcessorName(),
                        step.getLevel(), step.getExchangesTotal(), step.getExchangesFailed())).toList();
    }

    private static Collection<String> ids(ManagedRouteMBean route) {
        try {
            return route.processorIds();
        } catch (Exception e) {
            return List.of();
        }
    }
}
