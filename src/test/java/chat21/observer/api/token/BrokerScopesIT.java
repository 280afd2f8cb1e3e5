package chat21.observer.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat21.observer.api.token.TokenSigner.Role;
import chat21.observer.protocol.Scopes;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.TestBroker;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens let their bearers do, shown with the real broker. */
@Tag("broker")
class BrokerScopesIT {
    private static final TokenSigner SIGNER = new TokenSigner(TestBroker.JWT_KEY);

    private final TestBroker broker = TestBroker.shared();
    // New users for each test: presence is retained, and the broker is shared.
    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    private Connection connection;
    private Channel channel;
    /** The routing keys of all that got through to the exchange, in order. */
    private final List<String> routed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listenToEverything() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.amqpUri());
        connection = factory.newConnection();
        channel = connection.createChannel();
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "amq.topic", "#");
        DeliverCallback take = (tag, delivery) -> routed.add(delivery.getEnvelope().getRoutingKey());
        channel.basicConsume(queue, true, take, tag -> { });
    }

    @AfterEach
    void stopListening() throws IOException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLeastScopeTokenCanDoAllThatAClientDoes(boolean webSocket) {
        var start = webSocket ? ChatClient.of(alice).webSocket() : ChatClient.of(alice);
        try (ChatClient client = start.connect(broker)) {
            client.send(bob, "{\"text\":\"hello\"}");
            client.send("support-group-1", "{\"text\":\"hello all\"}");
            client.sendReceipt(bob, "message-1");
            client.patchConversation(bob, "{\"is_new\":false}");
            client.archiveConversation(bob);

            awaitRouted(
                    "apps.tilechat.users." + alice + ".presence." + client.clientId(),
                    "apps.tilechat.outgoing.users." + alice + ".messages." + bob + ".outgoing",
                    "apps.tilechat.outgoing.users." + alice + ".messages.support-group-1.outgoing",
                    "apps.tilechat.users." + alice + ".messages." + bob + ".message-1.update",
                    "apps.tilechat.users." + alice + ".conversations." + bob + ".update",
                    "apps.tilechat.users." + alice + ".conversations." + bob + ".archive");
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void aLeastScopeTokenReceivesItsOwnInbox() throws Exception {
        try (ChatClient client = ChatClient.connect(broker, alice)) {
            publishAsObserver("apps.tilechat.users." + alice + ".messages." + bob + ".clientadded", "{\"text\":\"hi\"}");

            assertThat(client.awaitMessage(bob, "hi").event()).isEqualTo("clientadded");
        }
    }

    @Test
    void theLastWillOfALeastScopeTokenIsPublished() {
        try (ChatClient client = ChatClient.of(alice).cuttable().connect(broker)) {
            client.loseConnection();

            String presence = "apps.tilechat.users." + alice + ".presence." + client.clientId();
            await().until(() -> routed.stream().filter(presence::equals).count() == 2);
        }
    }

    @Test
    void aLeastScopeTokenCannotPublishIntoItsOwnClientadded() throws Exception {
        refusesToPublish("apps/tilechat/users/" + alice + "/messages/" + bob + "/clientadded");
    }

    @ParameterizedTest
    @CsvSource({
        // the own tree, beside what a client has to say
        "apps/tilechat/users/ME/messages/PEER/M/clientupdated",
        "apps/tilechat/users/ME/conversations/PEER/clientdeleted",
        "apps/tilechat/users/ME/conversations/PEER/clientadded",
        "apps/tilechat/users/ME/groups/G/clientupdated",
        "apps/tilechat/users/ME/groups/update",
        // the tree of somebody else
        "apps/tilechat/users/PEER/messages/ME/clientadded",
        "apps/tilechat/users/PEER/messages/ME/M/update",
        "apps/tilechat/users/PEER/conversations/ME/update",
        "apps/tilechat/users/PEER/conversations/ME/archive",
        "apps/tilechat/users/PEER/presence/C",
        // as somebody else, in another app, in the name of the back end
        "apps/tilechat/outgoing/users/PEER/messages/ME/outgoing",
        "apps/tilechat/outgoing/users/ME-too/messages/PEER/outgoing",
        "apps/shop/outgoing/users/ME/messages/PEER/outgoing",
        "apps/observer/tilechat/groups/update",
        "apps/observer/tilechat/users/PEER/messages/ME/delivered",
        "apps/observer/tilechat/users/ME/messages/PEER/persist",
        // outside
        "apps",
        "anything/else",
    })
    void aLeastScopeTokenCannotPublishElsewhere(String topic) throws Exception {
        refusesToPublish(topic.replace("ME", alice).replace("PEER", bob));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "apps/tilechat/users/PEER/#",
        "apps/tilechat/users/PEER/messages/+/clientadded",
        "apps/tilechat/users/+/messages/+/clientadded",
        "apps/tilechat/users/#",
        "apps/tilechat/outgoing/users/PEER/#",
        "apps/shop/users/ME/#",
        "apps/observer/#",
        "+/+/+/PEER/#",
        "#",
    })
    void aLeastScopeTokenCannotListenElsewhere(String filter) throws Exception {
        try (ChatClient client = ChatClient.of(alice).quiet().connect(broker)) {
            assertThatThrownBy(() -> client.subscribe(filter.replace("ME", alice).replace("PEER", bob)))
                    .isInstanceOf(IllegalStateException.class);
            client.awaitDropped();

            publishAsObserver("apps.tilechat.users." + bob + ".messages.carol.clientadded", "{\"text\":\"secret\"}");
            awaitRouted("apps.tilechat.users." + bob + ".messages.carol.clientadded");
            assertThat(client.received()).isEmpty();
        }
    }

    @Test
    void anIdThatLooksPercentEncodedDoesNotReachTheIdThatItDecodesTo() throws Exception {
        String victim = "b" + UUID.randomUUID();
        String token = SIGNER.user("tilechat", "%62" + victim.substring(1));
        refusesToPublish(token, "apps/tilechat/outgoing/users/" + victim + "/messages/" + bob + "/outgoing");

        String name = "%62" + victim.substring(1);
        try (ChatClient client = ChatClient.connect(broker, name)) {
            client.send(bob, "{}");
            awaitRouted("apps.tilechat.outgoing.users." + name + ".messages." + bob + ".outgoing");
        }
    }

    @Test
    void aUserWhoseIdIsNotAsciiCanChat() throws Exception {
        String name = "zoë-名-" + UUID.randomUUID();
        try (ChatClient client = ChatClient.connect(broker, name)) {
            client.send(bob, "{}");
            publishAsObserver("apps.tilechat.users." + name + ".messages." + bob + ".clientadded", "{\"text\":\"hi\"}");

            client.awaitMessage(bob, "hi");
            awaitRouted("apps.tilechat.outgoing.users." + name + ".messages." + bob + ".outgoing");
        }
    }

    @Test
    void aWideTokenStillWorks() throws Exception {
        try (ChatClient client = ChatClient.of(alice).wide().connect(broker)) {
            client.send(bob, "{\"text\":\"hello\"}");
            client.publish("apps/tilechat/users/" + alice + "/messages/" + bob + "/clientadded", "{\"text\":\"own\"}");
            publishAsObserver("apps.tilechat.users." + alice + ".messages." + bob + ".clientadded", "{\"text\":\"hi\"}");

            client.awaitMessage(bob, "own");
            client.awaitMessage(bob, "hi");
            awaitRouted("apps.tilechat.outgoing.users." + alice + ".messages." + bob + ".outgoing");
        }
    }

    @Test
    void aWideTokenDoesNotReachOthersEither() throws Exception {
        refusesToPublish(
                SIGNER.wideUser("tilechat", alice),
                "apps/tilechat/outgoing/users/" + bob + "/messages/" + alice + "/outgoing");
    }

    @Test
    void anAdminSpeaksAsTheBackEndAndReadsItsApp() throws Exception {
        try (ChatClient client = ChatClient.of("back-end").token(SIGNER.admin("tilechat", "back-end")).quiet().connect(broker)) {
            client.subscribe("apps/tilechat/#");
            client.publish("apps/observer/tilechat/groups/update", "{}");
            client.publish("apps/tilechat/users/" + alice + "/messages/" + bob + "/clientadded", "{}");

            awaitRouted(
                    "apps.observer.tilechat.groups.update",
                    "apps.tilechat.users." + alice + ".messages." + bob + ".clientadded");
            client.awaitTopic(bob + "/clientadded");
        }
        refusesToPublish(
                SIGNER.admin("tilechat", "back-end"), "apps/shop/users/" + alice + "/messages/" + bob + "/clientadded");
    }

    @Test
    void anExpiredTokenIsRefused() {
        refusesToLogIn(SIGNER.sign("tilechat", alice, Role.USER, Scopes.least("tilechat", alice), Duration.ofMinutes(-1)));
    }

    @Test
    void aTokenSignedWithAnotherKeyIsRefused() {
        refusesToLogIn(new TokenSigner("anotherKey").user("tilechat", alice));
    }

    @Test
    void aTokenWithoutASignatureIsRefused() throws Exception {
        var payload = JWSObject.parse(SIGNER.user("tilechat", alice)).getPayload();

        refusesToLogIn(new PlainObject(new PlainHeader(), payload).serialize());
    }

    @Test
    void aTokenWhoseSignatureWasCutOffIsRefused() {
        String token = SIGNER.user("tilechat", alice);

        refusesToLogIn(token.substring(0, token.lastIndexOf('.') + 1));
    }

    @Test
    void aTokenOfAnotherAudienceIsRefused() throws Exception {
        var claims = JWSObject.parse(SIGNER.user("tilechat", alice)).getPayload().toJSONObject();
        claims.put("aud", List.of("somebody-else"));
        var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
        token.sign(new HmacSha256Signer(TestBroker.JWT_KEY));

        refusesToLogIn(token.serialize());
    }

    @Test
    void somethingThatIsNoTokenIsRefused() {
        refusesToLogIn("guest");
    }

    private void refusesToLogIn(String token) {
        assertThatThrownBy(() -> ChatClient.of(alice).token(token).connect(broker))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("log in as " + alice);
    }

    private void refusesToPublish(String topic) throws Exception {
        refusesToPublish(SIGNER.user("tilechat", alice), topic);
    }

    private void refusesToPublish(String token, String topic) throws Exception {
        try (ChatClient client = ChatClient.of(alice).token(token).quiet().connect(broker)) {
            assertThatThrownBy(() -> client.publish(topic, "{\"text\":\"forged\"}"))
                    .isInstanceOf(IllegalStateException.class);
            client.awaitDropped();
        }
        // What had got through would be in the queue before this one.
        String last = "last-" + UUID.randomUUID();
        publishAsObserver(last, "{}");
        awaitRouted(last);
        assertThat(routed).doesNotContain(topic.replace('/', '.'));
    }

    private void publishAsObserver(String routingKey, String payload) throws IOException {
        channel.basicPublish(
                "amq.topic", routingKey, new AMQP.BasicProperties(), payload.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitRouted(String... routingKeys) {
        await().untilAsserted(() -> assertThat(routed).contains(routingKeys));
    }
}
