package chat21.observer.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** The rules of docs/prometheus-alerts.yml against what a running observer exports. */
class AlertRulesIT {

    private static final String FILE = "docs/prometheus-alerts.yml";
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:chat21|jvm|process|system)_[a-z0-9_]+)(?:\\{([^}]*)})?");
    private static final Pattern METRIC_OF_A_BROKER = Pattern.compile("rabbitmq_[a-z_]+");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");
    private static final Pattern GROUPS = Pattern.compile("by \\(([^)]*)\\) ?\\(");
    private static final Pattern SHOWN = Pattern.compile("\\$labels\\.(\\w+)");
    /** Those that Prometheus itself adds to what it reads. */
    private static final List<String> OF_PROMETHEUS = List.of("instance", "job");

    private final List<Rule> rules = rules();

    private record Rule(String name, String expression, String annotations) {

        /** What it groups by. */
        List<String> groups() {
            return GROUPS.matcher(expression).results().flatMap(by -> Arrays.stream(by.group(1).split(", *"))).toList();
        }
    }

    @Test
    void everyMetricAndLabelOfTheRulesIsExportedByARunningObserver() {
        List<String> metrics = rules.stream().flatMap(rule -> METRIC.matcher(rule.expression).results())
                .map(metric -> metric.group(1)).distinct().toList();
        assertThat(metrics).hasSizeGreaterThan(10);
        String user = "alice-" + UUID.randomUUID();

        try (TestObserver observer = DashboardIT.settings().startHere();
                ChatClient client = ChatClient.connect(observer.broker(), user)) {
            client.send(user, "{\"text\":\"x\"}");
            await().untilAsserted(() ->
                    assertThat(DashboardIT.exported(observer)).containsAll(metrics));

            List<String> lines = observer.management().get("metrics").body().lines().toList();
            for (Rule rule : rules) {
                METRIC.matcher(rule.expression).results().forEach(metric -> assertSelectsSomething(rule, metric, lines));
                GROUPS.matcher(rule.expression).results().forEach(by -> assertHasLabels(rule, by, lines));
            }
        }
    }

    @Test
    void everyMetricOfABrokerInTheRulesIsExportedByARunningOne() throws Exception {
        List<String> metrics = rules.stream().flatMap(rule -> METRIC_OF_A_BROKER.matcher(rule.expression).results())
                .map(MatchResult::group).distinct().toList();
        URI address = URI.create("http://localhost:" + TestBroker.shared().metricsPort() + "/metrics");
        String exported = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString()).body();

        assertThat(metrics).hasSize(4).allSatisfy(metric -> assertThat(exported).containsPattern("(?m)^" + metric + "[ {]"));
    }

    @Test
    void aRuleTellsOnlyOfWhatItGroupsBy() {
        assertThat(rules).allSatisfy(rule -> assertThat(SHOWN.matcher(rule.annotations).results().map(l -> l.group(1)))
                .as(rule.name).isSubsetOf(rule.groups()));
        assertThat(rules).anySatisfy(rule -> assertThat(rule.annotations).contains("$labels."));
    }

    @Test
    void everyRuleIsExplainedToWhoeverIsWoken() throws IOException {
        String page = Files.readString(Path.of("docs/operating.md"));

        assertThat(rules).extracting(Rule::name).hasSizeGreaterThan(8).doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void eachRuleFiresWhenItShouldAndNoneWhileAllIsWell() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, "promtool")))
                .as("promtool, of Debian's package prometheus, is installed").anyMatch(Files::isExecutable);

        Process promtool = new ProcessBuilder("promtool", "test", "rules", "src/test/prometheus/alerts-test.yml")
                .redirectErrorStream(true).start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Patience.untilEndOf(promtool)).isTrue();
        assertThat(promtool.exitValue()).as(output).isZero();
    }

    @Test
    void whatPromtoolTriesNamesEachRule() throws IOException {
        String tried = Files.readString(Path.of("src/test/prometheus/alerts-test.yml"));

        assertThat(rules).allSatisfy(rule -> assertThat(tried).contains("alertname=\"" + rule.name + "\""));
    }

    private static void assertSelectsSomething(Rule rule, MatchResult metric, List<String> lines) {
        List<MatchResult> matchers = metric.group(2) == null ? List.of() : MATCHER.matcher(metric.group(2)).results().toList();
        assertThat(metric.group(2) == null).as(rule.name).isEqualTo(matchers.isEmpty());
        assertThat(linesOf(metric.group(1), lines)).as("%s: %s", rule.name, metric.group()).anySatisfy(line ->
                assertThat(matchers).allSatisfy(matcher -> {
                    String value = matcher.group(2).equals("=~") ? "(?:" + matcher.group(3) + ")" : Pattern.quote(matcher.group(3));
                    assertThat(line).containsPattern("[{,]" + matcher.group(1) + "=\"" + value + "\"");
                }));
    }

    // The labels after by are those of each metric in the parentheses behind them.
    private static void assertHasLabels(Rule rule, MatchResult by, List<String> lines) {
        List<String> labels = new ArrayList<>(List.of(by.group(1).split(", *")));
        labels.removeAll(OF_PROMETHEUS);
        String inner = inner(rule.expression, by.end());
        List<String> metrics = METRIC.matcher(inner).results().map(metric -> metric.group(1)).toList();
        assertThat(metrics).as(rule.name).isNotEmpty();
        for (String metric : metrics) {
            assertThat(linesOf(metric, lines)).as("%s: %s", rule.name, metric).isNotEmpty().allSatisfy(line ->
                    assertThat(labels).allSatisfy(label -> assertThat(line).containsPattern("[{,]" + label + "=\"")));
        }
    }

    private static String inner(String expression, int begin) {
        int depth = 1;
        int end = begin;
        while (depth > 0) {
            char c = expression.charAt(end++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return expression.substring(begin, end);
    }

    private static List<String> linesOf(String metric, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " ")).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Rule> rules() {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = (Map<String, List<Map<String, List<Map<String, Object>>>>>)
                new Load(LoadSettings.builder().build()).loadFromString(read(FILE));
        return file.get("groups").stream().flatMap(group -> group.get("rules").stream()).map(rule -> new Rule(
                rule.get("alert").toString(), rule.get("expr").toString(), rule.get("annotations").toString())).toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
