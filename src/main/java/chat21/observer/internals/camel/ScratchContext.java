package chat21.observer.internals.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.BootstrapFactoryFinder;
import org.apache.camel.impl.engine.DefaultContextServiceLoaderPlugin;
import org.apache.camel.impl.engine.DefaultFactoryFinderResolver;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.processor.SendProcessor;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.ContextServiceLoaderPluginResolver;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.spi.FactoryFinderResolver;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.service.ServiceHelper;

/**
 * A context in which routes are prepared and nothing is started: no route, no producer, no component, and none of what a
 * library on the class path would add to a context to show or to steer it from outside.
 */
public final class ScratchContext extends DefaultCamelContext {

    // What Camel looks for on the class path when it makes a context, and what then listens, writes or ends the process.
    private static final Set<String> ACTING = Set.of("cli-connector-factory", "debugger-factory", "startup-step-recorder",
            "management-strategy-factory");

    private final List<Route> prepared = new ArrayList<>();

    /**
     * @param owner    lends its class loader
     * @param settings what placeholders stand for
     * @param borrowed the beans that the routes may name
     */
    public ScratchContext(CamelContext owner, PropertiesSource settings, BeanRepository borrowed,
            Map<String, Supplier<Component>> components) {
        super(new UnstartedBeans(borrowed));
        disableJMX();
        getCamelContextExtension().setName("trial");
        setAutoStartup(false);
        setStartupSummaryLevel(StartupSummaryLevel.Off);
        getShutdownStrategy().setTimeout(1);
        setApplicationContextClassLoader(owner.getApplicationContextClassLoader());
        getPropertiesComponent().addPropertiesSource(settings);
        components.forEach((name, component) -> addComponent(name, component.get()));
    }

    /** How many routes and other definitions it holds. */
    public int size() {
        return getRouteDefinitions().size() + getRouteTemplateDefinitions().size() + getRestDefinitions().size()
                + getRouteConfigurationDefinitions().size() + getCustomBeans().size();
    }

    /** Prepares what was loaded: parses its expressions, makes its endpoints, consumers and processors. */
    public void prepare() {
        init();
    }

    /** The routes that are prepared, in their order. */
    public List<Route> prepared() {
        return List.copyOf(prepared);
    }

    /**
     * Lets go of what was prepared. The routes are not stopped as a stop of this context would do it, since that would also
     * stop the beans of the application that they name.
     */
    public void discard() {
        getEndpoints().forEach(ServiceHelper::stopAndShutdownServices);
        getComponentNames().forEach(name -> ServiceHelper.stopAndShutdownServices(hasComponent(name)));
        ServiceHelper.stopAndShutdownServices(getExecutorServiceManager());
    }

    /** Makes what the steps of a route send with, as its start would. */
    public void makeProducers(Route route) throws Exception {
        for (Processor step : route.filter("*")) {
            if (step instanceof SendProcessor send) {
                send.getEndpoint().createProducer();
            }
        }
    }

    @Override
    public void startRouteService(RouteService service, boolean addingRoutes) throws Exception {
        super.startRouteService(service, addingRoutes);
        prepared.add(service.getRoute());
    }

    @Override
    protected FactoryFinderResolver createFactoryFinderResolver() {
        return new DefaultFactoryFinderResolver() {
            @Override
            public FactoryFinder resolveBootstrapFactoryFinder(ClassResolver classes, String path) {
                return new WithoutActing(classes, path);
            }
        };
    }

    @Override
    protected ContextServiceLoaderPluginResolver createContextServiceLoaderPlugin() {
        return new DefaultContextServiceLoaderPlugin() {
            @Override
            protected void doStart() {
                // None is let in.
            }
        };
    }

    private static final class WithoutActing extends BootstrapFactoryFinder {

        WithoutActing(ClassResolver classes, String path) {
            super(classes, path);
        }

        @Override
        public Optional<Class<?>> findClass(String key) {
            return ACTING.contains(key) ? Optional.empty() : super.findClass(key);
        }

        @Override
        public Optional<Class<?>> findOptionalClass(String key) {
            return ACTING.contains(key) ? Optional.empty() : super.findOptionalClass(key);
        }
    }

    // A bean of a file is made, so that its class, constructor and properties are tried, and that is all.
    private static final class UnstartedBeans extends DefaultRegistry {

        UnstartedBeans(BeanRepository borrowed) {
            super(borrowed);
        }

        @Override
        public void bind(String id, Class<?> type, Object bean, String initMethod, String destroyMethod) {
            super.bind(id, type, bean, null, null);
        }

        @Override
        public void bind(String id, Class<?> type, Supplier<Object> bean, String initMethod, String destroyMethod) {
            super.bind(id, type, bean, null, null);
        }
    }
}
