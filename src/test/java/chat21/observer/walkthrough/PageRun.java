package chat21.observer.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.assertj.core.api.SoftAssertions;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;

/** Runs the commands of a page as a reader would, and compares what they print. */
final class PageRun {

    private static final int MOST_SECONDS = 240;
    /** Parts the outputs of the blocks. */
    private static final String MARK = "-- end of a block --";

    private PageRun() {
    }

    /** Fails unless each block of the page prints what stands below it, with an observer of these settings running. */
    static void assertPrints(Path page, ObserverSettings settings) throws IOException, InterruptedException {
        assertPrints(page, settings, Map.of());
    }

    /** Does so with some variables of the reader's own. */
    static void assertPrints(Path page, ObserverSettings settings, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<Walkthrough.Step> steps = Walkthrough.read(page).steps();
        assertThat(steps).isNotEmpty();
        String output = run(steps, settings, environment);

        String[] printed = output.split(MARK + "\n", -1);
        SoftAssertions soft = new SoftAssertions();
        for (int i = 0; i < steps.size(); i++) {
            Walkthrough.Step step = steps.get(i);
            String text = i < printed.length ? printed[i] : "(not run)";
            soft.assertThat(step.printed(text))
                    .as("%s%nprinted%n%s%nand not%n%s", step.commands(), text, step.output()).isTrue();
        }
        soft.assertAll();
    }

    private static String run(List<Walkthrough.Step> steps, ObserverSettings settings, Map<String, String> environment)
            throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("trap 'pkill -P $$ || true' EXIT\n");
        steps.forEach(step -> script.append(step.commands()).append("echo '").append(MARK).append("'\n"));
        Path file = settings.folder().resolve("page.sh");
        Path output = settings.folder().resolve("page.log");
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", file.toString())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(settings.environment());
        builder.environment().put("API", "http://localhost:" + settings.restPort() + "/api/tilechat");
        builder.environment().put("MQTT", String.valueOf(settings.broker().mqttPort()));
        builder.environment().put("OBSERVE", "http://localhost:" + settings.managementPort() + "/observe");
        builder.environment().put("JWT_KEY", TestBroker.JWT_KEY);
        builder.environment().put("ROUTES", settings.folder().resolve("routes").toString());
        builder.environment().put("WORK", settings.folder().resolve("work").toString());
        builder.environment().put("PLUGINS_DIR", settings.folder().resolve("plugins").toString());
        builder.environment().remove("APP_ID");
        builder.environment().putAll(environment);
        Process bash = builder.start();
        bash.getOutputStream().close();
        try {
            assertThat(bash.waitFor(Patience.seconds(MOST_SECONDS).toSeconds(), TimeUnit.SECONDS)).as("the commands end").isTrue();
        } finally {
            Stream.concat(bash.descendants(), Stream.of(bash.toHandle())).toList().forEach(ProcessHandle::destroy);
        }
        assertThat(bash.exitValue()).as("%s", Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
