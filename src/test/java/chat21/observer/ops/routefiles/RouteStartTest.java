package chat21.observer.ops.routefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of files that are wrong, and of what last worked of them. */
class RouteStartTest {

    private static final String CALLS = "- route:\n    id: caller\n    from:\n      uri: policy:accept\n      steps:\n"
            + "        - to: direct:called\n";

    @TempDir
    private Path home;

    @Test
    void aStartRunsWhatLastWorkedOfAFileThatIsWrongNow() throws Exception {
        try (FollowedRoutes before = new FollowedRoutes(home).put("a.yaml", route("a", "direct:a", "log: one"))
                .put("sub/b.yml", route("b", "direct:b", "log: one")).begin()) {
            before.put("a.yaml", route("a", "direct:a", "log: two")).follow();
            before.put("a.yaml", route("a", "direct:a", "lgo: three")).put("sub/b.yml", "- route: [").follow();
            before.assertRunning("a", "b");
        }

        try (FollowedRoutes after = new FollowedRoutes(home).begin()) {
            after.assertRunning("a", "b");
            assertThat(after.context().getRoute("a").getSourceResource().getInputStream()).asString(StandardCharsets.UTF_8)
                    .contains("log: two");
            assertThat(after.problems()).containsExactly("a.yaml, line 6: Camel knows no step 'lgo'",
                    "sub/b.yml, line 1: this is not YAML: expected the node content, but found '<stream end>'");
            assertThat(after.report().hasBegun()).isTrue();
            // The watcher looks at once, and says nothing else.
            assertThat(after.follow().problems()).hasSize(2);
            assertThat(after.put("a.yaml", route("a", "direct:a", "log: four"))
                    .put("sub/b.yml", route("b", "direct:b", "log: four")).follow().problems()).isEmpty();
        }
    }

    @Test
    void aNewFileThatIsWrongIsLeftOutAndTheOthersStart() throws Exception {
        try (FollowedRoutes routes = new FollowedRoutes(home).put("a.yaml", route("a", "direct:a", "log: one"))
                .put("b.yaml", route("b", "nothing:b", "log: one")).begin()) {
            routes.assertRunning("a");
            assertThat(routes.problems()).containsExactly("b.yaml, line 4: there is no component 'nothing'");
        }
    }

    @Test
    void aRouteThatCannotBeginIsLeftOutAndTheOthersStart() throws Exception {
        String missing = "file:" + home + "/not-there?autoCreate=false&directoryMustExist=true&startingDirectoryMustExist=true";
        try (FollowedRoutes routes = new FollowedRoutes(home).put("a.yaml", route("a", missing, "log: one"))
                .put("b.yaml", route("b", "direct:b", "log: one")).begin()) {
            routes.assertRunning("b");
            assertThat(routes.problems()).singleElement().asString().startsWith("a.yaml").contains("not-there");
        }
    }

    @Test
    void aFileThatWasTakenAwayThoughAnotherCallsItRunsAsBefore() throws Exception {
        try (FollowedRoutes before = new FollowedRoutes(home).put("a.yaml", CALLS)
                .put("called.yaml", route("called", "direct:called", "log: one")).begin()) {
            before.remove("called.yaml").follow();
            before.assertRunning("caller", "called");
        }

        try (FollowedRoutes after = new FollowedRoutes(home).begin()) {
            after.assertRunning("caller", "called");
            assertThat(after.problems()).containsExactly("called.yaml: the route that answers 'direct:called' is missing, and "
                    + "a.yaml, line 6, calls it");
        }
    }

    @Test
    void aFileThatWasTakenAwayForGoodIsGoneAfterTheStartToo() throws Exception {
        try (FollowedRoutes before = new FollowedRoutes(home).put("a.yaml", route("a", "direct:a", "log: one"))
                .put("b.yaml", route("b", "direct:b", "log: one")).begin()) {
            before.remove("b.yaml").follow().assertRunning("a");
        }

        try (FollowedRoutes after = new FollowedRoutes(home).put("a.yaml", "- route: [").begin()) {
            after.assertRunning("a");
        }
    }

    @Test
    void whatLastWorkedAndDoesNotFitThisReleaseAnyMoreIsLeftOut() throws Exception {
        Path kept = Files.createDirectories(home.resolve("last-good"));
        Files.writeString(kept.resolve("a.yaml"), route("a", "gone:a", "log: one"));

        try (FollowedRoutes routes = new FollowedRoutes(home).put("a.yaml", "- route: [")
                .put("b.yaml", route("b", "direct:b", "log: one")).begin()) {
            routes.assertRunning("b");
            assertThat(routes.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem).startsWith("a.yaml"));
        }
    }

    @Test
    void withoutAFlowThereIsNoStart() throws Exception {
        try (FollowedRoutes routes = new FollowedRoutes(home).put("called.yaml", "- route: [").put("a.yaml", CALLS)) {
            routes.begin();
            routes.assertRunning();
            assertThat(routes.problems()).hasSize(2);
        }
    }

    @Test
    void theSentenceOfAStartThatIsNoneNamesTheFirstCause() {
        try (FollowedRoutes routes = new FollowedRoutes(home, "needed").put("needed.yaml", "- route: [")) {
            assertThatThrownBy(routes::begin).isInstanceOf(BrokenRoutes.class)
                    .hasMessage(routes.folder() + "/needed.yaml, line 1: this is not YAML: expected the node content, but found '<stream end>'");
        }
    }

    private static String route(String id, String from, String step) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n        - " + step + "\n";
    }
}
