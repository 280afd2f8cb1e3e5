package chat21.observer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class SettingsCheckTest {

    private static final Path FILE = Path.of("application.properties");
    // A user, a password and the like may be anything.
    private static final Set<String> FREE = Set.of("chat21.database.user", "chat21.database.password", "chat21.jwt-key",
            "chat21.jwt-key-file", "chat21.jwt-key-id", "chat21.webhooks.secret", "chat21.jolokia.token",
            "chat21.push.webhook-token", "chat21.push.admin-token",
            "chat21.jwt-audience", "chat21.push.client-email",
            "chat21.push.private-key", "camel.main.name");
    private static final List<String> NONSENSE = List.of("~non sense~", "x".repeat(300), "-1");

    private static final CamelContext AS_IT_COMES = context(FILE);
    private static final Properties LINES = new Variables(AS_IT_COMES).lines();

    @TempDir
    private Path folder;

    static Stream<String> keys() {
        return LINES.stringPropertyNames().stream().filter(key -> !FREE.contains(key)).sorted();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aValueThatMakesNoSenseIsOneSentenceWithTheSettingItsVariableTheValueAndTheRule(String key) {
        String written = LINES.getProperty(key);
        String variable = written.contains("{{env:") ? written.replaceFirst(".*?\\{\\{env:([A-Z0-9_]+).*", "$1") : "";
        List<String> said = NONSENSE.stream().flatMap(value -> problems(file(key, value)).lines().filter(line ->
                line.contains(" must ") && line.contains(value.substring(0, 2)))).toList();

        assertThat(said).isNotEmpty().anySatisfy(line -> assertThat(line).startsWith("The setting " + key));
        assertThat(Rules.all()).containsKey(key);
        assertThat(new Variables(AS_IT_COMES).of(key)).contains(variable);
    }

    @Test
    void theSettingsAsTheyComeAreRight() {
        SettingsCheck.run(AS_IT_COMES);

        assertThat(Rules.all().keySet()).isEqualTo(LINES.stringPropertyNames());
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThat(problems(file(Map.of("chat21.prefetch", "abc", "chat21.broker.uri", "foo", "chat21.routes.folder", "/nope",
                "chat21.log-level", "loud"))).lines()).containsExactlyInAnyOrder(
                "The setting chat21.prefetch must be a whole number from 1 to 65535, but is 'abc'.",
                "The setting chat21.broker.uri must be an address such as amqp://user:password@host:5672/vhost, but is 'foo'.",
                "The setting chat21.routes.folder must be a folder that is there and can be read, but is '/nope'.",
                "The setting chat21.log-level must be OFF, ERROR, WARN, INFO, DEBUG or TRACE, but is 'loud'.");
    }

    @Test
    void theVariableStandsBesideTheSetting() {
        assertThat(new Settings(AS_IT_COMES).wrong("chat21.prefetch", "must not be"))
                .hasMessage("The setting chat21.prefetch (PREFETCH_MESSAGES) must not be.");
        assertThat(new Settings(AS_IT_COMES).wrong("camel.management.port", "must not be"))
                .hasMessage("The setting camel.management.port (MANAGEMENT_PORT, METRICS_PORT) must not be.");
    }

    @ParameterizedTest
    @CsvSource({"chat21.retry.first-pause-ms, 6000, must not be larger than chat21.retry.max-pause-ms",
        "chat21.rest.sync-timeout-ms, 90000, must not be larger than chat21.rest.idle-timeout-ms",
        "chat21.queues.messages, persist, must differ from chat21.queues.persist",
        "chat21.rest.certificate-file, pom.xml, (REST_KEY_FILE) must not be empty where chat21.rest.certificate-file is set",
        "chat21.broker.key-file, pom.xml, (RABBITMQ_CERTIFICATE_FILE) must not be empty where chat21.broker.key-file is set",
        "chat21.rest.port, 8005, must differ from camel.management.port"})
    void whatIsRightByItselfMustMakeSenseTogether(String key, String value, String sentence) {
        assertThat(problems(file(key, value))).contains(sentence);
    }

    @Test
    void whiteSpaceAroundAValueDoesNotCount() {
        CamelContext context = context(file("chat21.prefetch", "20\\u0020"));

        SettingsCheck.run(context);

        assertThat(context.resolvePropertyPlaceholders("{{chat21.prefetch}}")).isEqualTo("20");
    }

    @Test
    void aMisspeltKeyIsNamedWithWhatMayHaveBeenMeant() {
        Logger logger = (Logger) LoggerFactory.getLogger(SettingsCheck.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            SettingsCheck.run(context(file(Map.of("chat21.prefecth", "5", "chat21.nothing-like-it", "5",
                    "our.own.setting", "5", "caht21.prefetch", "5"))));
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(
                "The setting caht21.prefetch has no effect: there is none of this name; chat21.prefetch may be what was meant.",
                "The setting chat21.nothing-like-it has no effect: there is none of this name.",
                "The setting chat21.prefecth has no effect: there is none of this name; chat21.prefetch may be what was meant.");
    }

    @Test
    void aSettingThatIsMissingIsNamed() {
        assertThatThrownBy(() -> new Settings(new DefaultCamelContext()).text("chat21.prefetch"))
                .hasMessage("The setting chat21.prefetch is missing from application.properties.");
    }

    private static String problems(Path file) {
        Throwable thrown = catchThrowable(() -> SettingsCheck.run(context(file)));
        return thrown == null ? "" : thrown.getMessage();
    }

    private Path file(String key, String value) {
        return file(Map.of(key, value));
    }

    private Path file(Map<String, String> changes) {
        try {
            StringBuilder text = new StringBuilder(Files.readString(FILE)).append('\n');
            changes.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
            return Files.writeString(folder.resolve("changed.properties"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CamelContext context(Path file) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.getPropertiesComponent().setLocation("file:" + file);
        context.build();
        return context;
    }
}
