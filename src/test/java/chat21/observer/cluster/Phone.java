package chat21.observer.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.faults.Inbox;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;

/**
 * A user at a stock MQTT 3.1.1 client with a lasting session, which knows all brokers: when its connection ends it comes back at
 * the next one, and what was not confirmed it sends again.
 */
final class Phone implements AutoCloseable {

    private static final int KEEP_ALIVE_S = 10;
    private static final long PAUSE_MS = 500;
    private static final long CONNECT_MS = 5_000;

    private final String app;
    private final String user;
    private final List<Host> brokers;
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
    private final Mqtt3AsyncClient mqtt;
    private volatile int at;
    private volatile boolean closed;

    /** @param first which of the brokers it comes to first */
    Phone(String app, String user, List<Host> brokers, int first) {
        this.app = app;
        this.user = user;
        this.brokers = brokers;
        this.at = first;
        mqtt = Mqtt3Client.builder().identifier("phone-" + app + "-" + user).transportConfig(way())
                // Whoever comes back shows it again.
                .simpleAuth().username("JWT").password(new TokenSigner(TestBroker.JWT_KEY).user(app, user)
                        .getBytes(StandardCharsets.UTF_8)).applySimpleAuth()
                .addDisconnectedListener(this::comeBack).buildAsync();
        mqtt.publishes(MqttGlobalPublishFilter.ALL, this::receive);
    }

    /** Its copies of messages in the conversation with a peer go there. */
    Inbox inbox(String peer) {
        return inboxes.computeIfAbsent(peer, p -> new Inbox(app, user, p));
    }

    /** Comes in and subscribes. */
    void connect() {
        mqtt.connectWith().cleanSession(false).keepAlive(KEEP_ALIVE_S).send()
                .orTimeout(Patience.seconds(60).toMillis(), TimeUnit.MILLISECONDS).join();
        mqtt.subscribeWith().topicFilter("apps/" + app + "/users/" + user + "/#").qos(MqttQos.AT_LEAST_ONCE).send()
                .orTimeout(Patience.seconds(60).toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Sends a message, now or once it is connected; done when a broker has it. */
    CompletableFuture<Mqtt3Publish> send(String recipient, String json) {
        return mqtt.publishWith().topic("apps/" + app + "/outgoing/users/" + user + "/messages/" + recipient + "/outgoing")
                .payload(json.getBytes(StandardCharsets.UTF_8)).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    boolean isConnected() {
        return mqtt.getState() == MqttClientState.CONNECTED;
    }

    /** The broker that it is connected to, or tries to be. */
    Host broker() {
        return brokers.get(at);
    }

    String user() {
        return user;
    }

    private void comeBack(MqttClientDisconnectedContext context) {
        if (!closed) {
            at = (at + 1) % brokers.size();
            context.getReconnector().reconnect(true).delay(PAUSE_MS, TimeUnit.MILLISECONDS).transportConfig(way());
        }
    }

    private MqttClientTransportConfig way() {
        return MqttClientTransportConfig.builder().serverHost(broker().address()).serverPort(BrokerNode.MQTT)
                .socketConnectTimeout(CONNECT_MS, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(2 * CONNECT_MS, TimeUnit.MILLISECONDS).build();
    }

    private void receive(Mqtt3Publish message) {
        List<String> levels = message.getTopic().getLevels();
        int end = levels.size();
        if (levels.get(end - 1).equals("clientadded") && levels.get(end - 3).equals("messages")) {
            inbox(levels.get(end - 2)).add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        closed = true;
        if (isConnected()) {
            mqtt.disconnect().orTimeout(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS).exceptionally(e -> null).join();
        }
    }
}
