package chat21.observer.ops.routefiles;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ProcessorEndpoint;
import org.apache.camel.support.SimpleRegistry;

import chat21.observer.flow.inbox.InboxEndpoint;
import chat21.observer.out.event.EventEndpoint;

/** The routes of files that only other routes call, once more in a context of their own that reaches nothing outside of it. */
public final class FlowCopy {

    // What these do hangs on beans and on other routes alone; whatever else may stand in an edited file, it is not tried.
    private static final Set<String> KNOWN_STEPS = Set.of("bean", "choice", "when", "otherwise", "doCatch", "doTry", "filter",
            "process", "setBody", "setHeader", "setProperty", "split", "stop", "throwException", "to", "transacted");

    private FlowCopy() {
    }

    /** A context with the application's settings, and no beans, components or consumers yet. */
    public static DefaultCamelContext context(CamelContext application) {
        DefaultCamelContext copy = new DefaultCamelContext(new SimpleRegistry());
        copy.disableJMX();
        copy.getCamelContextExtension().setName("copy");
        copy.setApplicationContextClassLoader(application.getApplicationContextClassLoader());
        copy.getPropertiesComponent().addPropertiesSource(new BorrowedSettings(application));
        copy.setStartupSummaryLevel(StartupSummaryLevel.Off);
        copy.getShutdownStrategy().setTimeout(1);
        // What would leave the flow comes to nothing.
        copy.getCamelContextExtension().registerEndpointCallback((uri, endpoint) ->
                endpoint instanceof DirectEndpoint || isOfFlow(endpoint) ? endpoint : new ProcessorEndpoint(uri, copy, e -> { }));
        return copy;
    }

    // They note what is to be done, and reach nothing.
    private static boolean isOfFlow(Endpoint endpoint) {
        return endpoint instanceof InboxEndpoint || endpoint instanceof EventEndpoint;
    }

    /**
     * Adds routes with those that they call, and what handles their errors.
     *
     * @param entrances the {@code direct:} names of the first
     * @return whether that was done: not where a file has a step that may act outside
     */
    public static boolean load(CamelContext copy, RouteFolder folder, Set<String> entrances) throws Exception {
        Set<String> names = new HashSet<>(entrances);
        Collection<RouteFile> files = folder.files().values();
        while (names.addAll(files.stream().filter(file -> answersOne(file, names)).flatMap(file -> file.content().calls()
                .stream()).map(RouteFile.Word::text).toList())) {
            // Those of what was called now may call more.
        }
        List<RouteFile> called = files.stream().filter(file -> file.content().routes().isEmpty()
                || answersOne(file, names)).toList();
        if (!called.stream().allMatch(FlowCopy::isKnown)) {
            return false;
        }
        PluginHelper.getRoutesLoader(copy).loadRoutes(called.stream().map(RouteFile::resource).toList());
        return true;
    }

    private static boolean answersOne(RouteFile file, Set<String> names) {
        return file.content().routes().stream().anyMatch(route -> names.contains(route.answers()));
    }

    private static boolean isKnown(RouteFile file) {
        RouteFile.Content content = file.content();
        return content.beans().isEmpty() && content.templates().isEmpty()
                && content.keys().stream().noneMatch(key -> key.text().matches("intercept.*|onCompletion"))
                && content.routes().stream().allMatch(route -> route.answers() != null
                        && route.steps().stream().allMatch(step -> KNOWN_STEPS.contains(step.kind())));
    }
}
