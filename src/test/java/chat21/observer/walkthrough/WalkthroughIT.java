package chat21.observer.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** Runs the commands of the pages as a reader would. */
class WalkthroughIT {

    private static final Path PAGE = Path.of("docs/walkthrough.md");

    @BeforeAll
    static void theToolsOfThePageAreInstalled() {
        for (String tool : List.of("bash", "curl", "jq", "mosquitto_pub", "mosquitto_sub")) {
            assumeTrue(isInstalled(tool), PAGE + " is not run, since " + tool + " is not installed.");
        }
    }

    @Test
    @Tag("broker")
    void whatThePageSaysComesOut() throws Exception {
        ObserverSettings settings = ObserverSettings.at(TestBroker.shared());
        try (TestObserver observer = settings.startHere()) {
            PageRun.assertPrints(PAGE, settings);
            assertThat(observer.deadLetters()).isZero();
        }
    }

    @Test
    void whatThePageForIntegratorsSaysComesOut() throws Exception {
        ObserverSettings settings = ObserverSettings.at(TestBroker.shared());
        settings.ownRoutes();
        try (TestObserver observer = settings.startHere()) {
            PageRun.assertPrints(Path.of("docs/extending.md"), settings);
            assertThat(observer.awaitDeadLetter().reason()).isEqualTo("refused-by-policy");
        }
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
