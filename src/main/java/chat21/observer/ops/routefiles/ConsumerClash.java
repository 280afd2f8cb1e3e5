package chat21.observer.ops.routefiles;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

import chat21.observer.internals.camel.ScratchContext;

/** Finds what keeps a route from starting beside another: an endpoint that serves one consumer only, a place in the order. */
final class ConsumerClash {

    private final CamelContext running;
    private final Set<String> wanted;

    /** @param all the files that are to work together */
    ConsumerClash(CamelContext running, Collection<RouteFile> all) {
        this.running = running;
        this.wanted = all.stream().map(file -> file.resource().getLocation()).collect(Collectors.toSet());
    }

    /** The first such route of the files on trial, or null. */
    Problem first(ScratchContext scratch, List<RouteFile> onTrial) {
        Map<String, RouteFile> byLocation = onTrial.stream()
                .collect(Collectors.toMap(file -> file.resource().getLocation(), Function.identity()));
        Map<String, String> taken = new HashMap<>();
        staying(byLocation.keySet()).forEach(route -> claims(route)
                .forEach(claim -> taken.putIfAbsent(claim, route.getRouteId())));
        for (Route route : scratch.prepared()) {
            RouteFile file = byLocation.get(location(scratch, route.getRouteId()));
            Optional<String> clash = claims(route).filter(taken::containsKey).findFirst();
            if (file != null && clash.isPresent()) {
                return new Problem(file.name(), line(file, route), clash.get() + " is taken by the route '"
                        + taken.get(clash.get()) + "'; a second one cannot start");
            }
            claims(route).forEach(claim -> taken.put(claim, route.getRouteId()));
        }
        return null;
    }

    // What runs and is neither replaced nor taken away.
    private Stream<Route> staying(Set<String> onTrial) {
        return running.getRoutes().stream().filter(route -> {
            String location = location(running, route.getRouteId());
            return location == null || !location.startsWith("file:")
                    || wanted.contains(location) && !onTrial.contains(location);
        });
    }

    private static Stream<String> claims(Route route) {
        Endpoint endpoint = route.getEndpoint();
        boolean isShared = endpoint instanceof MultipleConsumersSupport shared && shared.isMultipleConsumersSupported();
        return Stream.of(isShared || endpoint == null ? null : "the endpoint '" + endpoint.getEndpointUri() + "'",
                route.getStartupOrder() == null ? null : "the startupOrder " + route.getStartupOrder())
                .filter(claim -> claim != null);
    }

    /** Where the route begins in its file; 0 where that cannot be said. */
    static int line(RouteFile file, Route route) {
        return file.content().routes().stream()
                .filter(entry -> entry.id() != null && entry.id().text().equals(route.getRouteId()))
                .findFirst().map(entry -> entry.from() == null ? entry.id().line() : entry.from().line()).orElse(0);
    }

    /** Where a route was loaded from, or null. */
    static String location(CamelContext context, String routeId) {
        RouteDefinition definition =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(routeId);
        return definition == null || definition.getResource() == null ? null : definition.getResource().getLocation();
    }
}
