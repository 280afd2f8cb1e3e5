package chat21.observer.ops.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedPerformanceCounterMBean;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.RouteStartedEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Shows every route and step in the metrics, with the counts that Camel keeps for JMX anyway: they are read when the
 * metrics are asked for and cost a message nothing.
 */
public final class StepMeters extends SimpleEventNotifierSupport {

    private final CamelContext context;
    private final MeterRegistry meters;
    // The registry holds what it asks only weakly.
    private final Map<Tags, Lookup> lookups = new ConcurrentHashMap<>();

    public StepMeters(CamelContext context, MeterRegistry meters) {
        this.context = context;
        this.meters = meters;
        setIgnoreExchangeEvents(true);
        setIgnoreCamelContextEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /** Registers the meters of a route that has started, and of its steps. */
    @Override
    public void notify(CamelEvent event) throws Exception {
        if (event instanceof RouteStartedEvent started) {
            register(started.getRoute());
        }
    }

    private void register(Route route) throws Exception {
        String id = route.getRouteId();
        ManagedCamelContext managed = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        if (managed == null || managed.getManagedRoute(id) == null) {
            return;
        }
        register(Tags.of("route", id, "step", ""), () -> managed.getManagedRoute(id));
        for (String step : managed.getManagedRoute(id).processorIds().stream().sorted().toList()) {
            register(Tags.of("route", id, "step", step), () -> managed.getManagedProcessor(step));
        }
    }

    private interface Lookup {
        ManagedPerformanceCounterMBean find();
    }

    private void register(Tags tags, Lookup lookup) {
        // A route that was edited starts again, and its meters look up the new one by its id.
        if (lookups.putIfAbsent(tags, lookup) != null) {
            return;
        }
        counter("chat21_step_exchanges", "What a route (empty step) or a step has worked on", tags, lookup,
                ManagedPerformanceCounterMBean::getExchangesTotal);
        counter("chat21_step_failures", "What failed in a route or a step", tags, lookup,
                ManagedPerformanceCounterMBean::getExchangesFailed);
        counter("chat21_step_seconds", "Time spent in a route or a step", tags, lookup,
                bean -> bean.getTotalProcessingTime() / 1000.0);
    }

    private void counter(String name, String description, Tags tags, Lookup lookup,
            ToDoubleFunction<ManagedPerformanceCounterMBean> value) {
        FunctionCounter.builder(name, lookup, found -> {
            ManagedPerformanceCounterMBean bean = found.find();
            return bean == null ? 0 : value.applyAsDouble(bean);
        }).description(description).tags(tags).register(meters);
    }
}
