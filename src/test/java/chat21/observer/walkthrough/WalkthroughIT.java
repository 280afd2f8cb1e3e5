package chat21.observer.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** Runs the commands of {@code docs/walkthrough.md} as a reader would, against a broker that nobody else uses. */
class WalkthroughIT {

    private static final Path PAGE = Path.of("docs/walkthrough.md");
    private static final int MOST_SECONDS = 240;
    /** Parts the outputs of the blocks. */
    private static final String MARK = "-- end of a block --";

    @BeforeAll
    static void theToolsOfThePageAreInstalled() {
        for (String tool : List.of("bash", "curl", "jq", "mosquitto_pub", "mosquitto_sub")) {
            assumeTrue(isInstalled(tool), PAGE + " is not run, since " + tool + " is not installed.");
        }
    }

    @Test
    void whatThePageSaysComesOut() throws Exception {
        List<Walkthrough.Step> steps = Walkthrough.read(PAGE).steps();
        assertThat(steps).hasSizeGreaterThan(10);
        // With the shared broker, the observers of other tests would deliver too.
        try (TestBroker broker = TestBroker.start()) {
            ObserverSettings settings = ObserverSettings.at(broker);
            try (TestObserver observer = settings.startHere()) {
                String output = run(steps, settings);

                String[] printed = output.split(MARK + "\n", -1);
                SoftAssertions soft = new SoftAssertions();
                for (int i = 0; i < steps.size(); i++) {
                    Walkthrough.Step step = steps.get(i);
                    String text = i < printed.length ? printed[i] : "(not run)";
                    soft.assertThat(step.printed(text))
                            .as("%s%nprinted%n%s%nand not%n%s", step.commands(), text, step.output()).isTrue();
                }
                soft.assertAll();
                assertThat(observer.deadLetters()).isZero();
            }
        }
    }

    private static String run(List<Walkthrough.Step> steps, ObserverSettings settings)
            throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("trap 'pkill -P $$ || true' EXIT\n");
        steps.forEach(step -> script.append(step.commands()).append("echo '").append(MARK).append("'\n"));
        Path file = settings.folder().resolve("walkthrough.sh");
        Path output = settings.folder().resolve("walkthrough.log");
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", file.toString())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("API", "http://localhost:" + settings.restPort() + "/api/tilechat");
        builder.environment().put("MQTT", String.valueOf(settings.broker().mqttPort()));
        builder.environment().put("JWT_KEY", TestBroker.JWT_KEY);
        builder.environment().remove("APP_ID");
        Process bash = builder.start();
        bash.getOutputStream().close();
        try {
            assertThat(bash.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("the commands end").isTrue();
        } finally {
            Stream.concat(bash.descendants(), Stream.of(bash.toHandle())).toList().forEach(ProcessHandle::destroy);
        }
        assertThat(bash.exitValue()).as("%s", Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
