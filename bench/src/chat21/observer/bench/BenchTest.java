package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class BenchTest {

    @Test
    void aTargetIsTheRelayTheObserverOrAnAddress() {
        assertThat(Target.parse("relay").kind()).isEqualTo(Target.Kind.RELAY);
        assertThat(Target.parse("observer").kind()).isEqualTo(Target.Kind.OBSERVER);
        assertThat(Target.parse("amqp://me:secret@127.0.0.1:5673"))
                .isEqualTo(new Target("127.0.0.1:5673", Target.Kind.EXTERNAL, "amqp://me:secret@127.0.0.1:5673",
                        Setup.PLAIN));
    }

    @Test
    void theObserverIsStartedFromItsJarWithTheLibrariesThatThisNames() {
        List<String> command = Target.parse("observer").commandLine(Path.of("/project"), List.of("-Xmx256m"));

        assertThat(command).containsSubsequence("-Xmx256m", "-cp", "/project/target/chat21-camel.jar",
                "chat21.observer.Observer");
    }

    @Test
    void anObserverThatPublishesNothingFindsWhatStandsInForIt() {
        assertThat(classPath("observer")).doesNotContain("test-classes");
        assertThat(classPath("observer-without:store-batch")).doesNotContain("test-classes");
        assertThat(classPath("observer-without:store-batch+publish-portion")).startsWith("/project/target/chat21-camel.jar")
                .contains("test-classes");
    }

    private static String classPath(String target) {
        List<String> command = Target.parse(target).commandLine(Path.of("/project"), List.of());
        return command.get(command.indexOf("-cp") + 1);
    }

    @Test
    void theNameOfAnObserverSaysHowItIsSetUp() {
        assertThat(Target.parse("observer").setup()).isEqualTo(Setup.PLAIN);
        assertThat(Target.parse("observer-without:store-batch").setup())
                .isEqualTo(new Setup(false, false, 0, "store-batch"));
        assertThat(Target.parse("observer-postgres-filled").setup()).isEqualTo(new Setup(true, true, 0, ""));
        assertThat(Target.parse("observer-postgres-2-nodes").setup()).isEqualTo(new Setup(true, false, 2, ""));
    }

    @Test
    void twoNodesCannotShareAFile() {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse("observer-2-nodes"))
                .withMessageContaining("-postgres");
    }

    @Test
    void wrongOptionsAreRefusedWithTheReason() {
        StringWriter errors = new StringWriter();

        int code = Bench.commandLine().setErr(new PrintWriter(errors)).execute("--phases", "sideways");

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("sideways");
    }

    @Test
    void theScriptNamesEachOptionWithoutBuildingAnything() throws IOException {
        String script = Files.readString(Path.of("bin/bench"));

        assertThat(Bench.commandLine().getCommandSpec().options()).filteredOn(option -> !option.usageHelp())
                .allSatisfy(option -> assertThat(script).contains(option.longestName()));
    }
}
