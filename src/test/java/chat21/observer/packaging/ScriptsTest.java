package chat21.observer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.auth.KeyFile;
import chat21.observer.testing.Patience;

/** The scripts in a fresh copy of the project, beside a java and a mvn that only write down how they were called. */
class ScriptsTest {

    @TempDir
    private Path folder;
    private Path project;
    private Path tools;
    private Path calls;

    @BeforeEach
    void copy() throws IOException {
        project = Files.createDirectories(folder.resolve("the project"));
        tools = Files.createDirectories(folder.resolve("tools"));
        calls = folder.resolve("calls");
        for (String part : List.of("bin", "broker", "routes", "src/main/resources", "pom.xml", "application.properties")) {
            copy(Path.of(part), project.resolve(part));
        }
        for (String tool : List.of("java", "mvn")) {
            Path file = Files.writeString(tools.resolve(tool), "#!/bin/sh\necho \"" + tool + " in $PWD: $*\" >>" + calls
                    + "\nenv | grep -E '_DIR=|_URL=|_JWKS=' >>" + calls + "\nexit 7\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    static Stream<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("bin"))) {
            return files.filter(Files::isExecutable).map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void helpIsSaidAndNothingIsStartedOrBuilt(String script) throws Exception {
        for (String help : List.of("--help", "-h")) {
            Result result = run(Map.of("RABBITMQ_URI", "nonsense"), script, help);

            assertThat(result.err).isEmpty();
            assertThat(result.code).isZero();
            assertThat(result.out).startsWith("Usage: bin/" + script).doesNotContain("\u001b", "#!/", "set -euo");
        }
        assertThat(calls).doesNotExist();
        assertThat(project.resolve("target")).doesNotExist();
        assertThat(project.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "chat21", "token", "routes", "dead-letters", "webhooks", "import", "repair", "bench", "test"})
    void aJavaThatIsNotThereIsOneSentence(String script) throws Exception {
        Result result = run(Map.of("JAVA_HOME", "/nowhere"), script);

        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).isEqualTo("bin/" + script + ": There is no java in JAVA_HOME (/nowhere): install a JDK of"
                + " version 17 or later, or set JAVA_HOME to one.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "chat21", "token", "routes", "dead-letters", "webhooks", "import", "repair"})
    void aBuildLeavesOutWhatTestsNeedAndItsFailureIsOneSentence(String script) throws Exception {
        Result result = run(Map.of(), script);

        assertThat(Files.readString(calls)).contains("-Dmaven.test.skip=true package");
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).endsWith("It could not be built; what Maven says about it stands above.\n");
    }

    @Test
    void whoSaysHowLongToWaitForABrokerGetsNoOther() throws Exception {
        Files.createDirectories(project.resolve("target/lib"));
        Files.writeString(project.resolve("target/chat21-camel.jar"), "");

        Result result = run(Map.of("RABBITMQ_URI", "amqp://me:secret@localhost:1", "BROKER_START_WAIT_MS", "1000"), "run");

        assertThat(result.out).isEqualTo("Waiting for the broker.\n");
        assertThat(Files.readString(calls)).contains(" chat21.observer.Observer\n");
        assertThat(result.code).isEqualTo(7);
        assertThat(project.resolve("data/broker")).doesNotExist();
    }

    @Test
    void theBrokerIsGivenTheKeyOfTheInstallationAndKeepsItFromOthers() throws Exception {
        assertThat(run(Map.of("RABBITMQ_URI", "amqp://me:p%26w%7C%5C@h"), "broker", "configure", "etc").code).isZero();

        Path file = project.resolve("data/jwt.key");
        String key = KeyFile.findOrMake(file);
        assertThat(key).hasSize(43);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(file.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.readString(folder.resolve("etc/advanced.config"))).contains("<<\"" + Base64.getUrlEncoder()
                .withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)) + "\">>");
        assertThat(Files.readString(folder.resolve("etc/rabbitmq.conf"))).contains("default_pass = p&w|\\\n").doesNotContainPattern("(?m)^[^#]*@");
    }

    @ParameterizedTest
    @CsvSource({"3.10.8, mqtt.subscription_ttl", "4.0.5, mqtt.max_session_expiry_interval_seconds"})
    void aNodeOfSeveralIsToldWhatItsReleaseAndAClusterNeed(String release, String setting) throws Exception {
        Path scripts = Files.createDirectories(folder.resolve("rabbitmq/sbin"));
        Files.createDirectories(folder.resolve("rabbitmq/plugins/rabbit-" + release));
        Map<String, String> installed = Map.of("RABBITMQ_SBIN", scripts.toString());

        assertThat(run(installed, "broker", "configure", "alone").code).isZero();
        assertThat(run(installed, "broker", "configure", "one", "cluster").code).isZero();

        String alone = Files.readString(folder.resolve("alone/rabbitmq.conf"));
        String cluster = Files.readString(Path.of("broker/cluster.conf"));
        assertThat(alone).contains("\n" + setting + " = ").doesNotContain("cluster_partition_handling");
        assertThat(cluster).contains("cluster_partition_handling = pause_minority");
        assertThat(Files.readString(folder.resolve("one/rabbitmq.conf"))).isEqualTo(alone + cluster);
        assertThat(run(installed, "broker", "configure", "one", "clutser").code).isEqualTo(2);
    }

    @Test
    void noProcessIsToldASecret() throws Exception {
        // Whatever the script starts to fill its templates would stand here.
        for (String tool : List.of("sed", "awk", "env", "cat", "tr", "base64", "openssl")) {
            Path real = Stream.of("/bin/" + tool, "/usr/bin/" + tool).map(Path::of).filter(Files::exists).findFirst().orElse(null);
            if (real != null) {
                Path file = Files.writeString(tools.resolve(tool),
                        "#!/bin/sh\necho \"" + tool + " $*\" >>" + calls + "\nexec " + real + " \"$@\"\n");
                assertThat(file.toFile().setExecutable(true)).isTrue();
            }
        }
        String key = "the-key-of-this-test-of-32-bytes-and-more";

        assertThat(run(Map.of("RABBITMQ_URI", "amqp://me:swordfish@h", "JWT_KEY", key), "broker", "configure", "etc").code).isZero();

        assertThat(Files.readString(folder.resolve("etc/rabbitmq.conf"))).contains("swordfish");
        assertThat(Files.readString(calls)).contains("base64").doesNotContain("swordfish", key,
                Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aKeyThatCanBeGuessedIsRefusedByTheBrokerToo() throws Exception {
        Result refused = run(Map.of("JWT_KEY", "tokenKey"), "broker", "configure", "etc");

        assertThat(refused.code).isEqualTo(1);
        assertThat(refused.err).startsWith("bin/broker: JWT_KEY must have 32 bytes or more").doesNotContain("tokenKey");
        assertThat(run(Map.of("JWT_KEY", "tokenKey", "JWT_KEY_WEAK", "allow"), "broker", "configure", "etc").code).isZero();
    }

    @Test
    void pathsCountFromWhereTheCallerIs() throws Exception {
        Files.createDirectories(project.resolve("target/lib"));
        Files.writeString(project.resolve("target/chat21-camel.jar"), "");

        run(Map.of("ROUTES_DIR", "mine", "DATABASE_URL", "jdbc:h2:file:./db/chat", "JWT_JWKS", "https://id.example/keys"),
                "routes", "check", "--dir", "a b", "--out=x.svg");

        Path caller = folder.toRealPath();
        assertThat(Files.readString(calls)).contains("Chat21Command routes check --dir " + caller + "/a b --out=" + caller + "/x.svg",
                "ROUTES_DIR=" + caller + "/mine", "DATABASE_URL=jdbc:h2:file:" + caller + "/./db/chat",
                "JWT_JWKS=https://id.example/keys").startsWith("java in " + project.toRealPath());
    }

    private Result run(Map<String, String> environment, String script, String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of(project.resolve("bin").resolve(script).toString()),
                Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", tools + ":" + builder.environment().get("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(Patience.untilEndOf(process)).isTrue();
        return new Result(process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private record Result(int code, String out, String err) {
    }
}
