package chat21.observer.ops.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class FlowDiagramTest {

    @Test
    void thePictureInTheDocumentationShowsTheRoutesAsTheyAre() throws Exception {
        assertThat(FlowDiagram.of(new RouteFolder(Path.of("routes")).files().values()))
                .as("run: bin/routes diagram --out docs/flow.svg")
                .isEqualTo(Files.readString(Path.of("docs/flow.svg")));
    }

    @Test
    void eachRouteIsABoxWithItsStepsAndEachCallAnArrow() {
        String svg = FlowDiagram.of(List.of(RouteFile.of("a.yaml", """
                - route:
                    id: first
                    from:
                      uri: timer:tick
                      steps:
                        - to:
                            id: to-second
                            uri: direct:second
                """), RouteFile.of("b.yaml", """
                - route:
                    id: second
                    description: Writes <what> comes.
                    from:
                      uri: direct:second
                      steps:
                        - log:
                            id: write
                            message: x
                """)));

        assertThat(svg).contains(">first<", ">second<", ">to-second<", ">write<", ">from timer<", "Writes &lt;what&gt; comes.");
        assertThat(svg.split("class=\"call\"")).hasSize(2);
    }
}
