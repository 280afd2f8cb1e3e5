package chat21.observer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What images are made of, without an engine: files, settings and ports that they name are there. */
class PackagingTest {

    private static final Pattern PORT = Pattern.compile("camel.management.port = .*:(\\d+)}}}}|chat21.rest.port = .*:(\\d+)}}");

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "deploy/prometheus.yml", "deploy/grafana/datasource.yaml",
        "deploy/grafana/dashboards.yaml"})
    void eachFileIsYaml(String file) throws IOException {
        assertThat(documents(file)).isNotEmpty().allSatisfy(document -> assertThat(document).isInstanceOf(Map.class));
    }

    @Test
    void whatTheDockerfileCopiesIsThere() throws IOException {
        List<String> copied = find("Dockerfile", "(?m)^COPY (?!--from)(\\S+) ").toList();

        assertThat(copied).contains("pom.xml", "src", "application.properties", "routes")
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>chat21-camel</finalName>");
    }

    @Test
    void whatComposeMountsIsThere() throws IOException {
        assertThat(find("compose.yaml", "(\\./[^:\"]+):/").toList()).hasSize(7)
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
    }

    @Test
    @SuppressWarnings("unchecked")
    void eachVariableOfTheObserverIsASetting() throws IOException {
        Set<String> known = new TreeSet<>(find("application.properties", "\\{\\{env:([A-Z_0-9]+)").toList());
        Set<String> named = new TreeSet<>();
        Map<String, Object> services = (Map<String, Object>) map(documents("compose.yaml").get(0)).get("services");
        named.addAll(map(map(services.get("observer")).get("environment")).keySet());
        named.add("MANAGEMENT_HOST");

        assertThat(named).hasSize(9);
        assertThat(known).containsAll(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/java.options", "bin/run", "Dockerfile"})
    void whoeverStartsTheServerLetsItEndWhenMemoryIsShort(String file) throws IOException {
        assertThat(Files.readString(Path.of(file))).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void whatHasEndedIsStartedAgainByCompose() throws IOException {
        assertThat(map(map(map(documents("compose.yaml").get(0)).get("services")).get("observer")))
                .containsEntry("restart", "unless-stopped");
    }

    @Test
    void prometheusCallsTheJobAsTheAlertRulesDoAndReadsThem() throws IOException {
        List<String> jobs = find("deploy/prometheus.yml", "job_name: (\\S+)").toList();

        assertThat(find("docs/prometheus-alerts.yml", "job=\"([^\"]+)\"").toList()).isNotEmpty().isSubsetOf(jobs);
        assertThat(find("deploy/prometheus.yml", "(?m)^  - (\\S+\\.yml)$").toList()).containsExactly("alerts.yml");
        assertThat(Files.readString(Path.of("compose.yaml")))
                .contains("./docs/prometheus-alerts.yml:/etc/prometheus/alerts.yml:ro");
    }

    @Test
    void portsAreThoseOfTheSettings() throws IOException {
        Set<String> ports = new TreeSet<>();
        PORT.matcher(Files.readString(Path.of("application.properties"))).results()
                .forEach(m -> ports.add(m.group(1) == null ? m.group(2) : m.group(1)));

        assertThat(ports).containsExactly("8004", "8005");
        assertThat(find("Dockerfile", "EXPOSE (.*)").findFirst()).contains(String.join(" ", ports));
        assertThat(find("compose.yaml", "GATE_(?:URI: http://observer:|PORT: )(\\d+)").toList()).containsExactly("8006", "8006");
        assertThat(Files.readString(Path.of("deploy/prometheus.yml"))).contains("observer:8005", "/observe/metrics");
        assertThat(Files.readString(Path.of("compose.yaml"))).contains("\"8004:8004\"");
    }

    private static Stream<String> find(String file, String pattern) throws IOException {
        List<MatchResult> found = Pattern.compile(pattern).matcher(Files.readString(Path.of(file))).results().toList();
        return found.stream().map(match -> match.group(1));
    }

    private static List<Object> documents(String file) throws IOException {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(Path.of(file))).forEach(documents::add);
        return documents;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
