package chat21.observer.testing;

import static org.awaitility.Awaitility.await;

import chat21.observer.api.token.TokenSigner;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A user at a chat client, as the broker sees one: a stock MQTT 3.1.1 client that follows the protocol. */
public final class ChatClient implements AutoCloseable {
    /** The app that users are in unless it is said otherwise. */
    public static final String DEFAULT_APP = "tilechat";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String app;
    private final String user;
    private final String clientId;
    private final Mqtt3AsyncClient mqtt;
    private final Wire wire;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private ChatClient(Builder builder, Mqtt3AsyncClient mqtt, Wire wire) {
        this.app = builder.app;
        this.user = builder.user;
        this.clientId = builder.clientId;
        this.mqtt = mqtt;
        this.wire = wire;
    }

    /**
     * Something that came in.
     *
     * @param topic the MQTT topic
     * @param text the payload as it is
     * @param json the payload as JSON; null if it is none
     */
    public record Received(String topic, String text, JsonNode json) {
        /** Tells what happened: the last part of the topic, such as {@code clientadded}. */
        public String event() {
            return topic.substring(topic.lastIndexOf('/') + 1);
        }
    }

    /** Logs a user in over TCP with a least-scope token, subscribes to the user's tree and tells of its presence. */
    public static ChatClient connect(TestBroker broker, String user) {
        return of(user).connect(broker);
    }

    /** Begins a client that differs from what {@link #connect(TestBroker, String)} makes. */
    public static Builder of(String user) {
        return new Builder(user);
    }

    /** Sends a message to a user or a group; returns when the broker has it. */
    public void send(String recipient, String json) {
        publish(outgoing(recipient), json);
    }

    /** Sends a message as {@link #send(String, String)} does, without waiting for the broker. */
    public CompletableFuture<Mqtt3Publish> sendLater(String recipient, String json) {
        return publishLater(outgoing(recipient), json, MqttQos.AT_LEAST_ONCE);
    }

    /**
     * Publishes anything anywhere with QoS 1; returns when the broker has it.
     *
     * @throws IllegalStateException if the broker refuses: it then drops the connection
     */
    public void publish(String topic, String payload) {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes bytes that need not be text, as {@link #publish(String, String)} does. */
    public void publish(String topic, byte[] payload) {
        get("publish on " + topic, publishLater(topic, payload, MqttQos.AT_LEAST_ONCE, false));
    }

    /** Publishes with a chosen QoS without waiting; with QoS 0 nobody tells whether it arrived. */
    public CompletableFuture<Mqtt3Publish> publishLater(String topic, String payload, MqttQos qos) {
        return publishLater(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
    }

    /**
     * Subscribes to a topic filter beside the user's own tree.
     *
     * @throws IllegalStateException if the broker refuses: it then drops the connection
     */
    public void subscribe(String filter) {
        get("subscribe to " + filter, mqtt.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(this::receive)
                .send());
    }

    /** Tells that the user has received a message. */
    public void sendReceipt(String peer, String messageId) {
        publish(tree("messages/" + peer + "/" + messageId + "/update"), "{\"status\":200}");
    }

    /** Patches the user's conversation with a peer. */
    public void patchConversation(String peer, String json) {
        publish(tree("conversations/" + peer + "/update"), json);
    }

    /** Archives the user's conversation with a peer. */
    public void archiveConversation(String peer) {
        publish(tree("conversations/" + peer + "/archive"), "{}");
    }

    /** Returns all that has come in so far, oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Returns what has come in so far and fits. */
    public List<Received> received(Predicate<Received> fits) {
        return received.stream().filter(fits).toList();
    }

    /** Waits for the first that fits, which may have come in before. */
    public Received awaitOne(Predicate<Received> fits) {
        return awaitCount(1, fits).get(0);
    }

    /** Waits for a message of a peer or a group with this text, and returns its copy. */
    public Received awaitMessage(String peer, String text) {
        String topic = tree("messages/" + peer + "/clientadded");
        return awaitOne(one -> one.topic().equals(topic)
                && one.json() != null
                && text.equals(one.json().path("text").asText(null)));
    }

    /** Waits for the first on a topic that ends so, such as {@code /clientupdated}. */
    public Received awaitTopic(String end) {
        return awaitOne(one -> one.topic().endsWith(end));
    }

    /** Waits until at least so many that fit have come in, and returns all that fit. */
    public List<Received> awaitCount(int count, Predicate<Received> fits) {
        return await(user + " receives " + count + ", has " + describe())
                .pollInterval(Duration.ofMillis(20))
                .until(() -> received(fits), found -> found.size() >= count);
    }

    /** Waits until the broker has dropped this client. */
    public void awaitDropped() {
        await(user + " is dropped").until(() -> !isConnected());
    }

    /** Tells whether the connection stands. */
    public boolean isConnected() {
        return mqtt.getState().isConnected();
    }

    /** Returns the user's id. */
    public String user() {
        return user;
    }

    /** Returns the client's id, under which its presence is told. */
    public String clientId() {
        return clientId;
    }

    /** Returns a topic in the user's own tree. */
    public String tree(String rest) {
        return "apps/" + app + "/users/" + user + "/" + rest;
    }

    /** Returns the topic on which the user sends to a recipient. */
    public String outgoing(String recipient) {
        return "apps/" + app + "/outgoing/users/" + user + "/messages/" + recipient + "/outgoing";
    }

    /** Loses its connection without a goodbye, so that the broker publishes the last will. */
    public void loseConnection() {
        if (wire == null) {
            throw new IllegalStateException("Only a client made with cuttable() can lose its connection.");
        }
        wire.close();
        awaitDropped();
    }

    /** Says goodbye; the broker publishes no last will then. */
    @Override
    public void close() {
        disconnect();
        if (wire != null) {
            wire.close();
        }
    }

    private void disconnect() {
        if (isConnected()) {
            try {
                mqtt.disconnect().get(Patience.seconds(40).toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // The broker may have gone first; the connection is gone either way.
            }
        }
    }

    private void receive(Mqtt3Publish message) {
        String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
        received.add(new Received(message.getTopic().toString(), text, parse(text)));
    }

    private CompletableFuture<Mqtt3Publish> publishLater(String topic, byte[] payload, MqttQos qos, boolean retained) {
        return mqtt.publishWith().topic(topic).payload(payload).qos(qos).retain(retained).send();
    }

    private String describe() {
        List<String> topics = new ArrayList<>();
        received.forEach(one -> topics.add(one.topic()));
        return topics.toString();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static <T> T get(String what, CompletableFuture<T> future) {
        try {
            return future.orTimeout(Patience.seconds(40).toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("Could not " + what + ": " + e.getCause(), e.getCause());
        }
    }

    /** What a client is like before it connects. */
    public static final class Builder {
        private final String user;
        private String app = DEFAULT_APP;
        private String token;
        private String clientId = "client-" + UUID.randomUUID();
        private boolean webSocket;
        private TestAuthority authority;
        private int proxyPort;
        private boolean cuttable;
        private boolean quiet;
        private boolean cleanSession = true;

        private Builder(String user) {
            this.user = user;
        }

        /** Puts the user into another app. */
        public Builder app(String app) {
            this.app = app;
            return this;
        }

        /** Logs in with this token. */
        public Builder token(String token) {
            this.token = token;
            return this;
        }

        /** Logs in with the wide scopes of existing deployments. */
        public Builder wide() {
            return token(new TokenSigner(TestBroker.JWT_KEY).wideUser(app, user));
        }

        /** Uses this client id, for instance to come back to a lasting session. */
        public Builder clientId(String clientId) {
            this.clientId = clientId;
            return this;
        }

        /** Keeps the session while the client is away. */
        public Builder lastingSession() {
            this.cleanSession = false;
            return this;
        }

        /** Connects over WebSocket instead of TCP. */
        public Builder webSocket() {
            this.webSocket = true;
            return this;
        }

        /** Connects with TLS, trusting this authority alone. */
        public Builder trusting(TestAuthority other) {
            this.authority = other;
            return this;
        }

        /** Connects at this port of this machine, where somebody else than the broker itself listens. */
        public Builder through(int port) {
            this.proxyPort = port;
            return this;
        }

        /** Lets the connection be lost by {@link ChatClient#loseConnection()}. */
        public Builder cuttable() {
            this.cuttable = true;
            return this;
        }

        /** Only logs in: neither subscribes nor tells of its presence. */
        public Builder quiet() {
            this.quiet = true;
            return this;
        }

        private int port(TestBroker broker) {
            if (authority == null) {
                return webSocket ? broker.wsPort() : broker.mqttPort();
            }
            return webSocket ? broker.wssPort() : broker.mqttsPort();
        }

        /**
         * Connects.
         *
         * @throws IllegalStateException if the broker refuses the login
         */
        public ChatClient connect(TestBroker broker) {
            int port = proxyPort > 0 ? proxyPort : port(broker);
            Wire wire = cuttable ? new Wire(port) : null;
            Mqtt3ClientBuilder builder = Mqtt3Client.builder()
                    .identifier(clientId)
                    .serverHost(authority == null ? "127.0.0.1" : "localhost")
                    .serverPort(wire == null ? port : wire.port());
            if (webSocket) {
                builder = builder.webSocketConfig().serverPath("ws").applyWebSocketConfig();
            }
            if (authority != null) {
                builder = builder.sslConfig().trustManagerFactory(authority.trusted()).applySslConfig();
            }
            ChatClient client = new ChatClient(this, builder.buildAsync(), wire);
            // What waits in a lasting session may come before the subscription is there again.
            client.mqtt.publishes(MqttGlobalPublishFilter.UNSOLICITED, client::receive);
            String presence = client.tree("presence/" + clientId);
            String password = token == null ? new TokenSigner(TestBroker.JWT_KEY).user(app, user) : token;
            get("log in as " + user, client.mqtt.connectWith()
                    .cleanSession(cleanSession)
                    .simpleAuth()
                    .username("JWT")
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .willPublish()
                    .topic(presence)
                    .payload("{\"disconnected\":true}".getBytes(StandardCharsets.UTF_8))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(true)
                    .applyWillPublish()
                    .send());
            if (!quiet) {
                client.subscribe(client.tree("#"));
                get("tell of the presence", client.publishLater(
                        presence, "{\"connected\":true}".getBytes(StandardCharsets.UTF_8), MqttQos.AT_LEAST_ONCE, true));
            }
            return client;
        }
    }
}
