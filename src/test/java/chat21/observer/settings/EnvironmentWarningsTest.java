package chat21.observer.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentWarningsTest {

    private final EnvironmentWarnings warnings = new EnvironmentWarnings(namesOfTheRealSettings());

    @ParameterizedTest
    @CsvSource({"MONGODB_URI,DATABASE_URL", "CACHE_ENABLED,no Redis", "CACHE_REDIS_HOST,no Redis",
        "CACHE_REDIS_PORT,no Redis", "REDIS_URL,no Redis", "BUCKET_WH_CAPACITY,BUCKET_MSG_CAPACITY",
        "AUTO_RESTART,always comes back", "DURABLE_ENABLED,always durable"})
    void aVariableOfAnOldDeploymentThatDoesNothingIsNamedWithWhatToDo(String name, String whatToDo) {
        assertThat(warnings.warnings(Set.of(name))).singleElement().asString().contains(name, whatToDo);
    }

    @ParameterizedTest
    @CsvSource({"WEBHOOKS_ENABLED,WEBHOOK_ENABLED", "WEBHOOK_ENDPOINT,WEBHOOK_ENDPOINTS", "ANALYTIC_EXCHANGE,"
            + "ANALYTICS_EXCHANGE", "BUCKET_MSG_CAPACTIY,BUCKET_MSG_CAPACITY", "RABBITMQ_URL,RABBITMQ_URI"})
    void aMisspeltNameIsNamedWithTheRightOne(String wrong, String right) {
        assertThat(warnings.warnings(Set.of(wrong))).singleElement().asString().contains("there is " + right + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"APP_ID", "RABBITMQ_URI", "PREFETCH_MESSAGES", "ACTIVE_QUEUES", "WEBHOOK_ENABLED",
        "WEBHOOK_ENDPOINTS", "WEBHOOK_EVENTS", "PRESENCE_ENABLED", "METRICS_PORT", "ANALYTICS_ENABLED",
        "ANALYTICS_EXCHANGE", "ANALYTICS_RABBITMQ_URI", "JWT_KEY", "BUCKET_MSG_CAPACITY",
        "BUCKET_MSG_REFILL_RATE_PER_MIN"})
    void aVariableOfAnOldDeploymentThatStillWorksIsReadByASetting(String name) {
        assertThat(namesOfTheRealSettings()).contains(name);
        assertThat(warnings.warnings(Set.of(name))).isEmpty();
    }

    @Test
    void whatHasNothingToDoWithChatIsLeftAlone() {
        assertThat(warnings.warnings(Set.of("PATH", "HOME", "JAVA_HOME", "HOSTNAME", "LANG", "TERM", "APP_IDS",
                "KUBERNETES_SERVICE_HOST", "RABBITMQ_PORT_5672_TCP_ADDR"))).isEmpty();
    }

    @Test
    void severalAreToldInAlphabeticalOrder() {
        assertThat(warnings.warnings(Set.of("REDIS_HOST", "CACHE_ENABLED", "MONGODB_URI"))).hasSize(3).isSorted();
    }

    @Test
    void slipsAreCounted() {
        assertThat(Slips.count("ABC", "ABC")).isZero();
        assertThat(Slips.count("ABC", "AXC")).isEqualTo(1);
        assertThat(Slips.count("ABC", "ABCDE")).isEqualTo(2);
        assertThat(Slips.count("", "ABC")).isEqualTo(3);
    }

    private static Set<String> namesOfTheRealSettings() {
        try {
            return EnvironmentWarnings.namesIn(Files.readString(Path.of("application.properties")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
