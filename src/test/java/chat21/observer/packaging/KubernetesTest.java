package chat21.observer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code deploy/kubernetes/} says, without a cluster: its parts agree with each other and with what they configure. */
class KubernetesTest {

    private static final Path FOLDER = Path.of("deploy/kubernetes");

    // The operator says these itself: addresses, ports, the first user, logs, and the disk, whose size it knows.
    private static final Pattern OF_THE_OPERATOR = Pattern.compile("default_.*|loopback_users\\..*|listeners\\.tcp\\..*"
            + "|mqtt\\.listeners\\..*|web_mqtt\\.tcp\\..*|management\\..*|prometheus\\..*|log\\.file\\..*|disk_free_limit\\..*");
    private static final List<String> PLUGINS_OF_THE_OPERATOR = List.of("rabbitmq_management", "rabbitmq_prometheus");
    private static final int LONGEST_CONFIGURATION = 2_000;

    private final JsonNode brokers = resource("RabbitmqCluster", "rabbitmq");
    private final JsonNode database = resource("Cluster", "postgres");
    private final JsonNode observers = resource("Deployment", "observer");
    private final JsonNode container = observers.at("/spec/template/spec/containers/0");

    @Test
    void eachFileOfTheFolderIsPartOfTheSet() throws IOException {
        List<String> listed = texts(documents("kustomization.yaml").get(0).get("resources")).toList();

        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void theBrokersAreToldWhatTheFolderBrokerSays() {
        Map<String, String> shipped = new TreeMap<>();
        Stream.of("rabbitmq", "gate", "rabbitmq-4", "cluster").map(name -> read(Path.of("broker", name + ".conf")))
                .forEach(text -> shipped.putAll(settings(text.replace("@GATE_URI@", "http://observer-gate:8006"))));
        shipped.keySet().removeIf(name -> OF_THE_OPERATOR.matcher(name).matches());
        String told = brokers.at("/spec/rabbitmq/additionalConfig").textValue();

        assertThat(new TreeMap<>(settings(told))).hasSizeGreaterThan(20).isEqualTo(shipped);
        assertThat(told).hasSizeLessThan(LONGEST_CONFIGURATION);
        assertThat(brokers.at("/spec/rabbitmq/advancedConfig").textValue().strip()).startsWith("[").endsWith("].")
                .contains(find(read(Path.of("broker/advanced.config")), "(\\{net_ticktime, \\d+\\})").get(0));
    }

    @Test
    void thePluginsAreThoseOfTheFolderBrokerThatTheGateNeeds() {
        List<String> shipped = new ArrayList<>(find(read(Path.of("broker/enabled_plugins")), "(rabbitmq_\\w+)"));
        shipped.removeAll(PLUGINS_OF_THE_OPERATOR);
        shipped.remove("rabbitmq_auth_backend_oauth2");

        assertThat(texts(brokers.at("/spec/rabbitmq/additionalPlugins"))).containsExactlyElementsOf(shipped);
    }

    @Test
    void theBrokersAskTheGateWhereItIs() {
        JsonNode gate = resource("Service", "observer-gate");

        assertThat(find(read(FOLDER.resolve("rabbitmq.yaml")), "_path = http://(\\S+)/")).hasSize(4)
                .containsOnly("observer-gate:" + gate.at("/spec/ports/0/port").asText());
        assertThat(gate.at("/spec/selector")).isEqualTo(observers.at("/spec/template/metadata/labels"));
        assertThat(portOf(gate.at("/spec/ports/0/targetPort").textValue())).isEqualTo(environment().get("GATE_PORT"));
        assertThat(environment()).containsEntry("GATE_HOST", "0.0.0.0");
    }

    @Test
    void portsAreThoseOfTheSettings() {
        String settings = read(Path.of("application.properties"));

        assertThat(find(settings, "REST_PORT:(\\d+)")).containsExactly(portOf("rest"));
        assertThat(find(settings, "MANAGEMENT_PORT:.*?(\\d+)")).containsExactly(portOf("management"));
        assertThat(resource("Service", "observer").at("/spec/ports/0/targetPort").textValue()).isEqualTo("rest");
    }

    @Test
    void eachVariableIsASettingOrPartOfOne() {
        Map<String, String> environment = environment();
        List<String> known = new ArrayList<>(find(read(Path.of("application.properties")), "\\{\\{env:([A-Z_0-9]+)"));
        environment.values().forEach(value -> known.addAll(find(value, "\\$\\((\\w+)\\)")));

        assertThat(environment.keySet()).hasSizeGreaterThan(10).isSubsetOf(known);
        // What a value names has to stand before it.
        List<String> inTheirOrder = new ArrayList<>(environment.keySet());
        environment.forEach((name, value) -> assertThat(find(value, "\\$\\((\\w+)\\)"))
                .isSubsetOf(inTheirOrder.subList(0, inTheirOrder.indexOf(name))));
    }

    @Test
    void addressesAndSecretsAreThoseThatTheOperatorsMake() {
        Map<String, String> environment = environment();
        String broker = brokers.at("/metadata/name").textValue();
        String postgres = database.at("/metadata/name").textValue();

        assertThat(environment.get("RABBITMQ_URI")).endsWith("@" + broker + "-nodes:5672");
        assertThat(environment.get("GATE_MANAGEMENT_URI")).endsWith("@" + broker + ":15672");
        assertThat(environment).containsEntry("DATABASE_URL", "jdbc:postgresql://" + postgres + "-rw:5432/"
                + database.at("/spec/bootstrap/initdb/database").textValue());
        assertThat(secrets()).isEqualTo(Map.of("JWT_KEY", "chat21/JWT_KEY",
                "BROKER_USER", broker + "-default-user/username", "BROKER_PASSWORD", broker + "-default-user/password",
                "DATABASE_USER", postgres + "-app/username", "DATABASE_PASSWORD", postgres + "-app/password"));
    }

    @Test
    void noKeyAndNoPasswordIsShipped() {
        assertThat(all().map(document -> document.get("kind").textValue())).doesNotContain("Secret");
    }

    @Test
    void eachNodeHasAsManyQueuesAndTheyAreOnSeveralBrokers() {
        int nodes = observers.at("/spec/replicas").asInt();
        int partitions = Integer.parseInt(environment().get("PARTITIONS"));

        assertThat(nodes).isGreaterThan(1);
        assertThat(partitions).isGreaterThan(nodes).satisfies(count -> assertThat(count % nodes).isZero());
        assertThat(environment()).containsEntry("QUEUE_TYPE", "quorum");
    }

    @Test
    void oneMachineLessLeavesAMajorityOfEach() {
        assertThat(brokers.at("/spec/replicas").asInt() % 2).isOne();
        assertThat(brokers.at("/spec/replicas").asInt()).isGreaterThan(2);
        assertThat(database.at("/spec/instances").asInt()).isGreaterThan(2);
        assertThat(database.at("/spec/affinity/podAntiAffinityType").textValue()).isEqualTo("required");
        assertThat(database.at("/spec/postgresql/synchronous/dataDurability").textValue()).isEqualTo("required");
        JsonNode apart = brokers.at("/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0");
        assertThat(apart.get("topologyKey").textValue()).isEqualTo("kubernetes.io/hostname");
        assertThat(apart.at("/labelSelector/matchLabels")).isEqualTo(budget("rabbitmq"));
        assertThat(observers.at("/spec/template/spec/affinity/podAntiAffinity"
                + "/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm/labelSelector/matchLabels"))
                .isEqualTo(budget("observer")).isEqualTo(observers.at("/spec/template/metadata/labels"));
    }

    @Test
    void aProbeWaitsLongerThanItsDefaultOfASecondAndTheStartAtLeastAsLongAsItMayTake() {
        assertThat(List.of("readinessProbe", "startupProbe", "livenessProbe"))
                .allSatisfy(probe -> assertThat(container.at("/" + probe + "/timeoutSeconds").asInt()).isGreaterThan(1));
        assertThat(container.at("/livenessProbe/httpGet/path").textValue()).isEqualTo("/observe/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").textValue()).isEqualTo("/observe/health/ready");
        assertThat(container.at("/startupProbe/periodSeconds").asInt() * container.at("/startupProbe/failureThreshold").asInt())
                .isGreaterThan(Integer.parseInt(environment().get("BROKER_START_WAIT_MS")) / 1_000);
    }

    @Test
    void aStopIsGivenTheTimeThatItMayTake() {
        int stop = Integer.parseInt(find(read(Path.of("application.properties")), "STOP_TIMEOUT_MS:(\\d+)").get(0)) / 1_000;
        int before = container.at("/lifecycle/preStop/exec/command/1").asInt();

        assertThat(observers.at("/spec/template/spec/terminationGracePeriodSeconds").asInt()).isGreaterThan(before + stop + 10);
    }

    private static JsonNode budget(String name) {
        JsonNode budget = resource("PodDisruptionBudget", name);
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isOne();
        return budget.at("/spec/selector/matchLabels");
    }

    private String portOf(String name) {
        return elements(container.get("ports")).filter(port -> port.get("name").textValue().equals(name))
                .map(port -> port.get("containerPort").asText()).findFirst().orElseThrow();
    }

    /** The variables in their order; those out of secrets are empty. */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        elements(container.get("env")).forEach(each ->
                environment.put(each.get("name").textValue(), each.path("value").asText()));
        return environment;
    }

    private Map<String, String> secrets() {
        Map<String, String> secrets = new HashMap<>();
        elements(container.get("env")).filter(each -> each.has("valueFrom")).forEach(each -> {
            JsonNode key = each.at("/valueFrom/secretKeyRef");
            secrets.put(each.get("name").textValue(), key.get("name").textValue() + "/" + key.get("key").textValue());
        });
        return secrets;
    }

    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new HashMap<>();
        text.lines().filter(line -> line.contains(" = ") && !line.startsWith("#")).map(line -> line.split(" = ", 2))
                .forEach(parts -> assertThat(settings.put(parts[0].strip(), parts[1].strip())).isNull());
        return settings;
    }

    private static JsonNode resource(String kind, String name) {
        return all().filter(document -> document.get("kind").textValue().equals(kind)
                && document.at("/metadata/name").textValue().equals(name)).findFirst().orElseThrow();
    }

    private static Stream<JsonNode> all() {
        return Stream.of("rabbitmq.yaml", "postgres.yaml", "observer.yaml").flatMap(file -> documents(file).stream());
    }

    private static List<JsonNode> documents(String file) {
        List<JsonNode> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(read(FOLDER.resolve(file)))
                .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        return documents;
    }

    private static Stream<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::textValue);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> find(String text, String pattern) {
        List<MatchResult> found = Pattern.compile(pattern).matcher(text).results().toList();
        return found.stream().map(match -> match.group(1)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
