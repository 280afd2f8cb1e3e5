package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    @Test
    void eachCallIsDescribedAndNoOther() throws Exception {
        List<String> served = new ArrayList<>();
        for (ApiRoutes routes : all()) {
            routes.setCamelContext(withSettings());
            routes.configure();
            routes.getRestCollection().getRests().forEach(rest -> rest.getVerbs().forEach(
                    verb -> served.add(verb.asVerb().toUpperCase(Locale.ROOT) + " " + verb.getPath())));
        }

        assertThat(new OpenApi().calls()).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void routesAndTheirStepsHaveIdsAndDescriptions() throws Exception {
        for (ApiRoutes routes : all()) {
            routes.setCamelContext(withSettings());
            routes.configure();
            assertThat(routes.getRouteCollection().getRoutes()).allSatisfy(route -> {
                assertThat(route.getId()).matches("[a-z-]+");
                assertThat(route.getDescriptionText()).endsWith(".");
                assertThat(route.getOutputs()).allSatisfy(step -> {
                    if (!step.getClass().getSimpleName().startsWith("OnException")) {
                        assertThat(step.getId()).startsWith(route.getId());
                        assertThat(step.getDescriptionText()).endsWith(".");
                    }
                });
            });
        }
    }

    private static CamelContext withSettings() {
        CamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setLocation("file:application.properties");
        return context;
    }

    // What they are made of is only used when a request comes.
    private static List<ApiRoutes> all() {
        return List.of(new InfoRoutes(null, null), new HistoryRoutes(null, null, null, null),
                new MessageRoutes(null, null, null, null, "amq.topic", 1), new GroupRoutes(null, null, null, null),
                new BlockRoutes(null, null, null), new PresenceRoutes(null, null, null), new PrivacyRoutes(null, null, null, null),
                new PushRoutes(null, null, null, null, null,
                        new PushToken("/api", List.of())));
    }
}
