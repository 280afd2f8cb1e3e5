package chat21.observer.ops.routefiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** Puts the routes of files into a Camel context, and takes them out again. */
final class RouteLoader {

    private static final long STOP_SECONDS = 15;

    private final CamelContext context;

    RouteLoader(CamelContext context) {
        this.context = context;
    }

    /** Adds the files together, and starts their routes if the context is started. */
    void load(Collection<RouteFile> files) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(files.stream().map(RouteFile::resource).toList());
    }

    /** Stops and removes everything that the files define. */
    void remove(Collection<RouteFile> files) throws Exception {
        for (RouteDefinition route : routesOf(files)) {
            Route started = context.getRoute(route.getRouteId());
            if (started != null) {
                context.getRouteController().stopRoute(route.getRouteId(), STOP_SECONDS, TimeUnit.SECONDS);
                context.removeRoute(route.getRouteId());
            }
            model().removeRouteDefinition(route);
        }
        for (RouteFile file : files) {
            for (RouteFile.Word id : file.content().configurations()) {
                RouteConfigurationDefinition configuration = model().getRouteConfigurationDefinition(id.text());
                if (configuration != null) {
                    model().removeRouteConfiguration(configuration);
                }
            }
            file.content().beans().forEach(bean -> context.getRegistry().unbind(bean.name().text()));
        }
    }

    private List<RouteDefinition> routesOf(Collection<RouteFile> files) {
        Set<String> locations =
                files.stream().map(RouteFile::resource).map(Resource::getLocation).collect(Collectors.toSet());
        return new ArrayList<>(model().getRouteDefinitions()).stream()
                .filter(route -> route.getResource() != null && locations.contains(route.getResource().getLocation()))
                .toList();
    }

    private Model model() {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }
}
