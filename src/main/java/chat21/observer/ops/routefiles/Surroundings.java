package chat21.observer.ops.routefiles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.support.PluginHelper;

/** What files of routes may name: the beans, settings, components and entrances of the application. */
public final class Surroundings {

    private static final String COMPONENT_LISTS = "META-INF/services/org/apache/camel/component.properties";

    private final CamelContext context;
    private final Map<String, Supplier<Component>> components;
    private final Set<String> entrances;
    private final Function<Endpoint, Optional<String>> sources;

    /** Surroundings in which nobody can be asked whether what a route takes from is there. */
    public Surroundings(CamelContext context, Map<String, Supplier<Component>> components, Set<String> entrances) {
        this(context, components, entrances, endpoint -> Optional.empty());
    }

    /**
     * @param context    holds the beans and settings; it need not be started
     * @param components makes, by their names, components that no library brings along
     * @param entrances  {@code direct:} names that the application itself calls
     * @param sources    says what a route that begins at an endpoint would wait for in vain
     */
    public Surroundings(CamelContext context, Map<String, Supplier<Component>> components, Set<String> entrances,
            Function<Endpoint, Optional<String>> sources) {
        this.context = context;
        this.sources = sources;
        this.components = Map.copyOf(components);
        this.entrances = Set.copyOf(entrances);
    }

    CamelContext context() {
        return context;
    }

    Map<String, Supplier<Component>> components() {
        return components;
    }

    Set<String> entrances() {
        return entrances;
    }

    /** What a route that begins there would wait for in vain, as a sentence. */
    Optional<String> missingAt(Endpoint source) {
        return sources.apply(source);
    }

    Object bean(String name) {
        return context.getRegistry().lookupByName(name);
    }

    Set<String> beanNames() {
        return context.getRegistry().findByTypeWithName(Object.class).keySet();
    }

    boolean hasSetting(String key) {
        return context.getPropertiesComponent().resolveProperty(key).isPresent();
    }

    Set<String> settings() {
        return context.getPropertiesComponent().loadProperties().stringPropertyNames();
    }

    /** A text with its settings filled in, or as it is where one is missing. */
    String resolved(String text) {
        try {
            return context.resolvePropertyPlaceholders(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    boolean hasComponent(String scheme) {
        try {
            return components.containsKey(scheme) || context.hasComponent(scheme) != null
                    || PluginHelper.getComponentResolver(context).resolveComponent(scheme, context) != null;
        } catch (Exception e) {
            // A component that cannot be made is there, but the trial will say why it does not work.
            return true;
        }
    }

    /** The names of all components at hand. */
    Set<String> componentNames() {
        Set<String> names = new TreeSet<>(components.keySet());
        try {
            for (URL url : Collections.list(context.getClassResolver().loadAllResourcesAsURL(COMPONENT_LISTS))) {
                try (InputStream in = url.openStream()) {
                    Properties list = new Properties();
                    list.load(in);
                    names.addAll(Set.of(list.getProperty("components", "").trim().split("\\s+")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** The {@code direct:} names that routes answer which come from no file. */
    Set<String> answeredElsewhere(Set<String> routesOfFiles) {
        Set<String> names = new TreeSet<>();
        for (Route route : context.getRoutes()) {
            Endpoint endpoint = route.getEndpoint();
            if (endpoint != null && !routesOfFiles.contains(route.getRouteId())) {
                String name = RouteFile.directName(endpoint.getEndpointUri());
                if (name != null) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
