package chat21.observer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Chat21CommandTest {

    private static final String[] COMMANDS = {"token", "routes", "dead-letters", "webhooks", "import", "repair"};

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void itsHelpNamesEachCommand(String help) {
        assertThat(run(help)).isZero();

        assertThat(out.toString()).startsWith("Usage: bin/chat21 COMMAND").contains(COMMANDS)
                .contains("  dead-letters  Shows the messages that were refused, publishes them once more, or drops them.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theScriptKnowsTheSameCommands() throws IOException {
        String script = Files.readString(Path.of("bin/chat21"));

        assertThat(script).contains(String.join(" | ", COMMANDS) + ")");
        assertThat(COMMANDS).allSatisfy(name -> {
            assertThat(Files.readString(Path.of("bin", name))).endsWith("/chat21\" " + name + " \"$@\"\n");
            assertThat(script).containsPattern("(?m)^#   " + name + " ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "routes", "dead-letters", "webhooks", "import", "repair"})
    void aCommandSaysItsHelpUnderItsOwnName(String name) {
        assertThat(run(name, "--help")).isZero();

        assertThat(out.toString()).startsWith("Usage: bin/" + name + " ");
    }

    @Test
    void whatIsNoCommandIsToldWithThoseThatAre() {
        assertThat(run("tokens", "alice")).isEqualTo(2);
        assertThat(err.toString()).startsWith("There is no command 'tokens'.").contains(COMMANDS);

        assertThat(run()).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theExitCodeIsThatOfTheCommand() {
        assertThat(run("token", "alice")).isZero();
        assertThat(out.toString().split("\\.")).hasSize(3);

        assertThat(run("token", "alice", "--days", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--days has to be 1 to 3650.");
    }

    private int run(String... arguments) {
        return new Chat21Command(Map.of("JWT_KEY", "a-key-of-32-bytes-or-more-than-that"), Path.of(""), Path.of("")).run(
                line -> line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)), arguments);
    }
}
