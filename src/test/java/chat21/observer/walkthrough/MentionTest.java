package chat21.observer.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class MentionTest {

    private static final Pattern READ = Pattern.compile("\\{\\{env:([A-Z0-9_]+)|\\$\\{([A-Z][A-Z0-9_]+)|(?m)^ {2,}([A-Z][A-Z0-9_]+) {2,}");
    /** Those of chat21-server that do nothing here, and the one that the file of logging reads. */
    // Of chat21-server, what has no effect here, and of the clients and back ends that stand beside it.
    private static final Pattern OTHERS = Pattern.compile("LOG_LEVEL|CHAT21_(ENGINE|URL|APPID|ADMIN_TOKEN|JWT_SECRET)"
            + "|MQTT_(APPID|ENDPOINT|APIENDPOINT)|SERVER_BASE_URL|(UPLOAD|PUSH)_ENGINE|SUPPORT_MODE");
    private static final Path USELESS = Path.of("src/test/resources/original-variables.txt");

    @Test
    void commandsStandInBlocksAndWithinSentences() {
        List<Mention> mentions = Mention.in("""
                Say `bin/dead-letters list|show ID [--reason R]`, or `JAVA_OPTS="-Xmx512m" bin/run`; `bin/` is a folder.

                ```bash
                ALICE=$(bin/token alice --days 2) # bin/none
                bin/routes check \\
                  --dir "$ROUTES" | grep bin/other
                ```
                ```json
                {"not": "bin/this"}
                ```
                """);

        assertThat(mentions).containsExactly(
                new Mention("bin/token", List.of("alice", "--days", "2")),
                new Mention("bin/none", List.of()),
                new Mention("bin/routes", List.of("check", "--dir", "$ROUTES")),
                new Mention("bin/other", List.of()),
                new Mention("bin/dead-letters", List.of("list", "show", "ID", "--reason", "R")),
                new Mention("bin/run", List.of()));
    }

    @Test
    void settingsStandInCodeByTheirFullNames() {
        assertThat(Mention.settingsIn("""
                Set `FOO_BAR=1`, `BAZ_QUX`, but not `REDIS_*`, nor OUT_SIDE; `"$SHELL_VAR"` is the reader's own.
                ```
                QUX_FOO=a FOO_BAR=b bin/run
                ```
                """)).containsExactly("QUX_FOO", "FOO_BAR", "BAZ_QUX");
    }

    @Test
    void eachSettingThatAPageNamesIsRead() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path file : Stream.concat(Stream.of(Path.of("application.properties"), Path.of("Dockerfile")),
                Stream.concat(files("bin"), files("src/test/brokers"))).toList()) {
            READ.matcher(Files.readString(file)).results().forEach(m ->
                    read.add(Stream.of(m.group(1), m.group(2), m.group(3)).filter(g -> g != null).findFirst().orElseThrow()));
        }
        assertThat(read).contains("DATABASE_URL", "PLUGINS_DIR", "BROKER_WS_PORT", "HAWTIO_PORT");

        String useless = Files.readString(USELESS);
        SoftAssertions soft = new SoftAssertions();
        int count = 0;
        for (Path page : Pages.all()) {
            for (String setting : Mention.settingsIn(Files.readString(page))) {
                count++;
                soft.assertThat(read.contains(setting) || OTHERS.matcher(setting).matches()
                        || useless.contains("useless " + setting + "\n"))
                        .as("%s, which %s names, is read", setting, page).isTrue();
            }
        }
        soft.assertAll();
        assertThat(count).isGreaterThan(50);
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }
}
