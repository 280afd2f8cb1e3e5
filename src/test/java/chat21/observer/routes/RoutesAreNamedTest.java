package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import chat21.observer.testing.RouteFiles;
import chat21.observer.testing.RouteFiles.Part;

/** An operator sees ids and descriptions: all routes and steps have them. */
class RoutesAreNamedTest {

    static Stream<Part> parts() {
        return RouteFiles.parts().stream();
    }

    static Stream<Part> routes() {
        return parts().filter(p -> p.kind().equals("route"));
    }

    static Stream<Part> namedParts() {
        return parts().filter(p -> !p.kind().equals("from"));
    }

    static Stream<Part> describedParts() {
        List<String> ofErrorPolicies = parts().filter(p -> p.kind().equals("onException"))
                .flatMap(p -> p.body().get("steps") instanceof List<?> steps ? steps.stream() : Stream.empty())
                .map(Object::toString).toList();
        return namedParts().filter(p -> !p.kind().equals("onException"))
                .filter(p -> ofErrorPolicies.stream().noneMatch(s -> s.contains("id=" + p.text("id") + ",")));
    }

    @ParameterizedTest
    @MethodSource("namedParts")
    void everyPartHasAnIdInKebabCase(Part part) {
        assertThat(part.text("id")).isNotNull().matches("[a-z0-9]+(-[a-z0-9]+)*");
    }

    @ParameterizedTest
    @MethodSource("describedParts")
    void everyPartHasADescriptionInOneSentence(Part part) {
        assertThat(part.text("description")).isNotNull().matches("(?s)[A-Z0-9].*\\.");
    }

    @Test
    void noIdIsGivenTwice() {
        assertThat(namedParts().map(p -> p.text("id"))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteHasTheNameOfItsFileAndAPrivateOneOfItsEndpoint(Part route) {
        assertThat(route.file().getFileName()).hasToString(route.text("id") + ".yaml");
        Object uri = ((Map<?, ?>) route.body().get("from")).get("uri");
        if (uri.toString().startsWith("direct:")) {
            assertThat(uri).isEqualTo("direct:" + route.text("id"));
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void aChoiceSaysWhatHappensOtherwise(Part choice) {
        assertThat(choice.body()).containsKey("otherwise");
    }

    static Stream<Part> choices() {
        return parts().filter(p -> p.kind().equals("choice"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyRouteHasAnErrorPolicyUnlessItIsAnEntrance(Part route) {
        boolean isEntrance = ((Map<?, ?>) route.body().get("from")).get("uri").toString()
                .startsWith("spring-rabbitmq:");

        assertThat(route.text("routeConfigurationId") != null || isEntrance).isTrue();
    }

    // Hawtio draws no route that has one: it takes it for a step, and misses its weight.
    @ParameterizedTest
    @MethodSource("routes")
    void noRouteHasAnErrorHandlerOfItsOwn(Part route) {
        assertThat(route.body()).doesNotContainKey("errorHandler");
    }
}
