package chat21.observer.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.core.ConditionTimeoutException;

import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** Three brokers, a primary and its synchronous standby, and observers, each on a host of its own. */
final class Cluster implements AutoCloseable {

    private static final int BROKERS = 3;
    private static final int NODES = Integer.getInteger("cluster.nodes", 2);
    private static final int QUEUES = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Patience.seconds(5)).build();
    private final Network network;
    private final Postgres postgres;
    private final List<BrokerNode> brokers;
    private final List<Node> nodes;

    private Cluster(Network network) throws IOException {
        this.network = network;
        Path logs = Files.createDirectories(Path.of("target/cluster-logs", network.folder().getFileName().toString())
                .toAbsolutePath());
        System.out.printf("[CLUSTER] RabbitMQ %s, %d observers, logs in %s%n", BrokerNode.release(), NODES, logs);
        List<Host> hosts = IntStream.range(0, BROKERS).mapToObj(i -> network.host("b" + i)).toList();
        brokers = hosts.stream().map(host -> new BrokerNode(host, hosts, network.folder(), logs)).toList();
        brokers.forEach(BrokerNode::start);
        postgres = new Postgres(network, network.host("d0"), network.host("d1"), logs);
        Map<String, String> settings = settings();
        nodes = IntStream.range(0, NODES)
                .mapToObj(i -> new Node(network.host("n" + i), settings, network.folder(), logs)).toList();
    }

    /** Starts all of it, or skips the test with the reason why it cannot run here. */
    static Cluster start() {
        Network.require(BrokerNode.scripts() != null, "RabbitMQ is not installed");
        Network.require(TestPostgres.newestBin() != null, "PostgreSQL is not installed");
        List<String> hosts = new ArrayList<>();
        IntStream.range(0, BROKERS).forEach(i -> hosts.add("b" + i));
        IntStream.range(0, 2).forEach(i -> hosts.add("d" + i));
        IntStream.range(0, NODES).forEach(i -> hosts.add("n" + i));
        Network network = Network.of(hosts.toArray(String[]::new));
        try {
            Cluster cluster = new Cluster(network);
            cluster.brokers.forEach(BrokerNode::awaitReady);
            cluster.awaitBrokersTogether();
            // One after the other, since the first one makes the tables.
            for (Node node : cluster.nodes) {
                node.start();
                node.awaitReady();
            }
            return cluster;
        } catch (IOException e) {
            network.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    private Map<String, String> settings() {
        TestDatabase database = postgres.forApplications();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("RABBITMQ_URI", "amqp://" + BrokerNode.USER + ":" + BrokerNode.PASSWORD + "@" + brokers.stream()
                .map(broker -> broker.host().address() + ":" + BrokerNode.AMQP).collect(Collectors.joining(",")));
        all.put("QUEUE_TYPE", "quorum");
        all.put("PARTITIONS", String.valueOf(QUEUES));
        all.put("DATABASE_URL", database.url());
        all.put("DATABASE_USER", database.user());
        all.put("JWT_KEY", TestBroker.JWT_KEY);
        all.put("GATE_ENABLED", "false");
        all.put("MANAGEMENT_HOST", "0.0.0.0");
        all.put("RETRY_MAX_TRIES", "6");
        all.put("DATABASE_SOCKET_TIMEOUT_MS", "10000");
        return all;
    }

    List<BrokerNode> brokers() {
        return brokers;
    }

    List<Host> brokerHosts() {
        return brokers.stream().map(BrokerNode::host).toList();
    }

    List<Node> nodes() {
        return nodes;
    }

    Postgres postgres() {
        return postgres;
    }

    Network network() {
        return network;
    }

    /** Brings back whatever an earlier test has left cut, ended or standing still. */
    void heal() {
        network.heal();
        brokers.forEach(broker -> broker.host().resume());
        nodes.forEach(node -> node.host().resume());
        postgres.primary().resume();
        postgres.standby().resume();
        brokers.stream().filter(broker -> !broker.isRunning()).forEach(BrokerNode::start);
        brokers.forEach(BrokerNode::awaitReady);
        if (!areBrokersTogetherWithin(Duration.ofSeconds(60))) {
            // Brokers that stay apart, as after one stood still, need a hand.
            brokers.stream().filter(broker -> seenBy(broker) == 1).forEach(broker -> {
                broker.kill();
                broker.start();
                broker.awaitReady();
            });
        }
        awaitBrokersTogether();
        if (!postgres.hasStandby()) {
            postgres.addStandby();
        }
        nodes.stream().filter(node -> !node.isRunning()).forEach(Node::start);
        nodes.forEach(Node::awaitReady);
    }

    /** Waits until each broker knows of all others that they run. */
    void awaitBrokersTogether() {
        await("brokers are a cluster").atMost(Patience.seconds(180)).pollInterval(Duration.ofMillis(500))
                .until(this::areBrokersTogether);
    }

    boolean areBrokersTogetherWithin(Duration time) {
        try {
            await().atMost(time).pollInterval(Duration.ofMillis(500)).until(this::areBrokersTogether);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private boolean areBrokersTogether() {
        return brokers.stream().allMatch(broker -> seenBy(broker) == BROKERS);
    }

    private long seenBy(BrokerNode broker) {
        return stream(ask(broker, "nodes")).filter(node -> node.path("running").asBoolean()).count();
    }

    /** Waits until each observer has queues; one has an owner once a message has come through it. */
    void awaitShares() {
        await("each observer has queues").atMost(Patience.seconds(120)).pollInterval(Duration.ofMillis(200))
                .until(() -> nodes.stream().allMatch(node -> postgres.database().number(
                        "select count(*) from queue_owner where queue like 'messages.%' and node like ?", node.pid() + "@%") > 0));
    }

    /** The broker that leads a queue, or where it is. */
    BrokerNode leaderOf(String queue) {
        String name = stream(ask(running(), "queues")).filter(each -> each.path("name").asText().equals(queue))
                .map(each -> each.path("leader").asText(each.path("node").asText())).findFirst().orElseThrow();
        return named(name);
    }

    /** The broker on a host. */
    BrokerNode brokerAt(Host host) {
        return brokers.stream().filter(broker -> broker.host().equals(host)).findFirst().orElseThrow();
    }

    /** The broker that an observer consumes at. */
    BrokerNode brokerOf(Node node) {
        String name = await("an observer is connected").until(() -> stream(ask(running(), "connections"))
                .filter(each -> each.path("peer_host").asText().equals(node.host().address())
                        && each.path("user_provided_name").asText().startsWith("chat21-consume"))
                .map(each -> each.path("node").asText()).findFirst().orElse(""), found -> !found.isEmpty());
        return named(name);
    }

    /** The hosts of all brokers but one. */
    Host[] hostsBut(Host one) {
        return brokerHosts().stream().filter(host -> !host.equals(one)).toArray(Host[]::new);
    }

    private BrokerNode named(String name) {
        return brokers.stream().filter(broker -> broker.name().equals(name)).findFirst().orElseThrow();
    }

    private BrokerNode running() {
        return brokers.stream().filter(BrokerNode::isRunning).findFirst().orElseThrow();
    }

    /** The answer of a broker's management, empty while it has none. */
    private JsonNode ask(BrokerNode broker, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + broker.host().address() + ":"
                    + BrokerNode.MANAGEMENT + "/api/" + path)).timeout(Patience.seconds(10))
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                            (BrokerNode.USER + ":" + BrokerNode.PASSWORD).getBytes(StandardCharsets.UTF_8))).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.createArrayNode();
        } catch (IOException e) {
            return JSON.createArrayNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public void close() {
        network.close();
    }
}
