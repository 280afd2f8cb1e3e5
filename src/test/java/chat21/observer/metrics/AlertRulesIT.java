package chat21.observer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.TestObserver;

/** The rules of docs/prometheus-alerts.yml against what a running observer exports. */
class AlertRulesIT {

    private static final Pattern NAME = Pattern.compile("\\b(?:chat21|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:chat21|jvm|process|system)_[a-z0-9_]+)\\{([a-z]+=\"[^\"]+\")}");
    private static final Pattern RULE = Pattern.compile("(?m)^      - alert: (\\w+)$");

    private final String rules = read("docs/prometheus-alerts.yml");

    @Test
    void everyMetricAndLabelOfTheRulesIsExportedByARunningObserver() {
        Set<String> used = new TreeSet<>();
        NAME.matcher(rules).results().map(MatchResult::group).forEach(used::add);
        List<MatchResult> selectors = SELECTOR.matcher(rules).results().toList();
        assertThat(used).hasSizeGreaterThan(8);
        assertThat(selectors).hasSizeGreaterThan(4);
        String user = "alice-" + UUID.randomUUID();

        try (TestObserver observer = DashboardIT.settings().startHere();
                ChatClient client = ChatClient.connect(observer.broker(), user)) {
            client.send(user, "{\"text\":\"x\"}");

            await().untilAsserted(() -> assertThat(DashboardIT.exported(observer)).containsAll(used));
            List<String> lines = observer.management().get("metrics").body().lines().toList();
            assertThat(selectors).allSatisfy(selector -> assertThat(lines).anySatisfy(line ->
                    assertThat(line).startsWith(selector.group(1) + "{").contains(selector.group(2))));
        }
    }

    @Test
    void everyRuleIsExplainedToWhoeverIsWoken() {
        List<String> names = RULE.matcher(rules).results().map(rule -> rule.group(1)).toList();
        String page = read("docs/operating.md");

        assertThat(names).hasSizeGreaterThan(8).doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
