package chat21.observer.api.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.api.token.TokenSigner.Role;
import chat21.observer.testing.BrokerConnections;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.MqttJs;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What the broker lets users do when it asks the observer: less than their tokens' scopes say, and each with ids of its own. */
@Tag("broker")
class GateIT {

    private static final TokenSigner SIGNER = new TokenSigner(TestBroker.JWT_KEY);
    private static final List<String> EVERYTHING =
            List.of("rabbitmq.read:*/*/*", "rabbitmq.write:*/*/*", "rabbitmq.configure:*/*/*");

    private static final int MAX_CLIENTS = 4;

    private static TestBroker broker;
    private static ObserverSettings settings;
    private static TestObserver observer;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String bob = "bob-" + run;
    private final String mallory = "mallory-" + run;

    @BeforeAll
    static void start() {
        int gate = Ports.free();
        broker = TestBroker.askingTheGateAt(gate);
        settings = ObserverSettings.at(broker).set("chat21.gate.enabled", "GATE_ENABLED", "true")
                .set("chat21.gate.port", "GATE_PORT", String.valueOf(gate))
                .set("chat21.gate.management", "GATE_MANAGEMENT_URI", "http://guest:guest@127.0.0.1:" + broker.managementPort())
                .set("chat21.gate.max-client-ids", "GATE_MAX_CLIENT_IDS", String.valueOf(MAX_CLIENTS))
                .set("chat21.gate.session-max-messages", "GATE_SESSION_MAX_MESSAGES", "20")
                .set("chat21.gate.cut-off-interval-ms", "GATE_CUT_OFF_INTERVAL_MS", "500");
        observer = settings.startHere();
    }

    @AfterAll
    static void stop() {
        if (observer != null) {
            observer.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void usersChatAsEver(boolean webSocket) {
        ChatClient.Builder other = ChatClient.of(mallory).wide();
        try (ChatClient to = ChatClient.connect(broker, bob);
                ChatClient from = (webSocket ? other.webSocket() : other).connect(broker)) {
            from.send(bob, "{\"text\":\"hello\"}");
            String id = to.awaitMessage(mallory, "hello").json().get("message_id").asText();
            to.sendReceipt(mallory, id);
            from.awaitTopic("/" + id + "/clientupdated");
            to.patchConversation(mallory, "{\"is_new\":false}");
            to.archiveConversation(mallory);
            to.awaitTopic("archived_conversations/" + mallory + "/clientadded");
        }
    }

    @Test
    void whateverItsScopesSayAUserWritesOnlyWhatAClientHasToSay() {
        for (String topic : List.of("apps/tilechat/users/" + bob + "/messages/eve/clientadded",
                "apps/tilechat/users/" + mallory + "/messages/eve/clientadded",
                "apps/tilechat/users/" + mallory + "/groups/update", "apps/tilechat/users/" + mallory + "/conversations/bob/clientdeleted",
                "apps/tilechat/outgoing/users/" + bob + "/messages/eve/outgoing", "apps/observer/tilechat/groups/update",
                "apps/observer/tilechat/users/" + bob + "/messages/eve/delivered", "apps/other/outgoing/users/" + mallory
                        + "/messages/eve/outgoing", "anything")) {
            try (ChatClient client = ChatClient.of(mallory).token(everything(mallory)).quiet().connect(broker)) {
                assertThatThrownBy(() -> client.publish(topic, "{}")).as(topic).isInstanceOf(IllegalStateException.class);
                client.awaitDropped();
            }
        }
    }

    @Test
    void whateverItsScopesSayAUserReadsTheOwnTreeOnly() {
        for (String filter : List.of("#", "apps/#", "apps/tilechat/users/#", "apps/tilechat/users/+/messages/#",
                "apps/tilechat/users/" + bob + "/#", "apps/+/users/" + mallory + "/#", "apps/tilechat/outgoing/#")) {
            try (ChatClient client = ChatClient.of(mallory).token(everything(mallory)).quiet().connect(broker)) {
                assertThatThrownBy(() -> client.subscribe(filter)).as(filter).isInstanceOf(IllegalStateException.class);
                client.awaitDropped();
            }
        }
    }

    @Test
    void usersHaveNoBusinessOnAmqp() throws Exception {
        for (String token : List.of(everything(mallory), SIGNER.user("tilechat", mallory), SIGNER.admin("tilechat", mallory))) {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(broker.amqpUri());
            factory.setUsername("JWT");
            factory.setPassword(token);
            assertThatThrownBy(() -> factory.newConnection("mallory")).isInstanceOf(AuthenticationFailureException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyTakesOverSomebodyElsesSession(boolean lasting) {
        String id = "phone-" + UUID.randomUUID();
        ChatClient to = ChatClient.of(bob).clientId(id).lastingSession().connect(broker);
        try (ChatClient from = ChatClient.connect(broker, mallory)) {
            ChatClient.Builder thief = ChatClient.of(mallory).token(everything(mallory)).clientId(id);

            assertThatThrownBy(() -> (lasting ? thief.lastingSession() : thief).connect(broker))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(to.isConnected()).isTrue();

            to.close();
            assertThatThrownBy(() -> (lasting ? thief.lastingSession() : thief).connect(broker))
                    .isInstanceOf(IllegalStateException.class);
            from.send(bob, "{\"text\":\"for bob alone\"}");
        }
        try (ChatClient back = ChatClient.of(bob).clientId(id).lastingSession().connect(broker)) {
            back.awaitMessage(mallory, "for bob alone");
        }
    }

    @Test
    void aUserHasNoMoreLastingSessionsThanAllowed() {
        for (int i = 0; i < 3 * MAX_CLIENTS; i++) {
            ChatClient.of(bob).clientId("lasting-" + run + "-" + i).lastingSession().connect(broker).close();
        }

        assertThat(broker.control("list_queues", "--silent", "name").lines().filter(line -> line.contains("lasting-" + run)))
                .as("the latest ones").hasSize(MAX_CLIENTS).allMatch(line -> line.matches(".*-(8|9|10|11)qos1"));
        // Nobody comes into what was forgotten: it is gone, whoever has the id now.
        try (ChatClient from = ChatClient.connect(broker, "eve-" + run);
                ChatClient next = ChatClient.of(mallory).clientId("lasting-" + run + "-0").lastingSession().connect(broker)) {
            from.send(mallory, "{\"text\":\"for mallory\"}");
            next.awaitMessage("eve-" + run, "for mallory");
            assertThat(next.received(one -> one.topic().contains(bob))).isEmpty();
        }
    }

    @Test
    void whoHasAsManyClientsConnectedAsAllowedComesInWithNoMoreAndAllOfThemStay() {
        List<ChatClient> devices = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_CLIENTS; i++) {
                devices.add(i % 2 == 0 ? ChatClient.connect(broker, bob) : ChatClient.of(bob).lastingSession().connect(broker));
            }
            assertThatThrownBy(() -> ChatClient.connect(broker, bob)).isInstanceOf(IllegalStateException.class);

            try (ChatClient from = ChatClient.connect(broker, mallory)) {
                from.send(bob, "{\"text\":\"to all\"}");
                devices.forEach(device -> device.awaitMessage(mallory, "to all"));
            }
            try (ChatClient backEnd = ChatClient.of(bob).token(SIGNER.admin("tilechat", bob)).connect(broker)) {
                assertThat(backEnd.isConnected()).as("a back end comes in").isTrue();
            }
        } finally {
            devices.forEach(ChatClient::close);
        }
    }

    @Test
    void aPageThatIsOpenedAgainAndAgainComesInEachTimeUnderAnotherIdWhileAPhoneStays() {
        try (ChatClient phone = ChatClient.of(bob).clientId("phone-" + run).lastingSession().connect(broker);
                ChatClient from = ChatClient.connect(broker, mallory)) {
            for (int i = 0; i < 3 * MAX_CLIENTS; i++) {
                try (ChatClient page = ChatClient.of(bob).webSocket().connect(broker)) {
                    from.send(bob, "{\"text\":\"message " + i + "\"}");
                    page.awaitMessage(mallory, "message " + i);
                    phone.awaitMessage(mallory, "message " + i);
                }
            }
        }
    }

    @Test
    void whoComesBackUnderTheSameIdTakesTheOwnPlace() {
        try (ChatClient first = ChatClient.of(bob).clientId("page-" + run).connect(broker);
                ChatClient second = ChatClient.of(bob).clientId("page-" + run).connect(broker);
                ChatClient from = ChatClient.connect(broker, mallory)) {
            first.awaitDropped();
            from.send(bob, "{\"text\":\"still there\"}");
            second.awaitMessage(mallory, "still there");
        }
    }

    @Test
    void whatWaitsForAnAbsentClientIsBoundedAndTheLatestIsKept() {
        String id = "phone-" + run;
        String queue = "mqtt-subscription-" + id + "qos1";
        ChatClient.of(bob).clientId(id).lastingSession().connect(broker).close();
        await("the broker's policy").until(() ->
                new BrokerConnections(broker).queue(queue).path("operator_policy").asText().equals("chat21-sessions"));
        try (ChatClient from = ChatClient.connect(broker, mallory)) {
            for (int i = 0; i < 60; i++) {
                from.send(bob, "{\"text\":\"message " + i + "\"}");
            }
            from.awaitMessage(bob, "message 59");
        }
        try (ChatClient back = ChatClient.of(bob).clientId(id).lastingSession().connect(broker)) {
            back.awaitMessage(mallory, "message 59");
            assertThat(back.received(one -> one.event().equals("clientadded"))).hasSizeLessThanOrEqualTo(20);
        }
    }

    @Test
    void refusedMessagesAreBoundedByBytesToo() {
        await("the broker's policy").until(() ->
                new BrokerConnections(broker).queue(settings.deadLettersQueue()).path("effective_policy_definition")
                        .path("max-length-bytes").asInt() == 25_000_000);
    }

    @Test
    void theSameIdInAnotherAppIsAnotherUser() {
        String id = "phone-" + UUID.randomUUID();
        try (ChatClient one = ChatClient.of(bob).clientId(id).connect(broker)) {
            assertThatThrownBy(() -> ChatClient.of(bob).app("other").clientId(id).connect(broker))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.isConnected()).isTrue();
        }
    }

    @Test
    void aClientIdThatIsNamedAfterAUserIsThatUsersAlone() {
        assertThatThrownBy(() -> ChatClient.of(mallory).quiet().clientId(bob + ".phone").connect(broker))
                .isInstanceOf(IllegalStateException.class);
        try (ChatClient own = ChatClient.of(bob).quiet().clientId(bob + ".phone").connect(broker)) {
            assertThat(own.isConnected()).isTrue();
        }
    }

    @Test
    void whoIsBannedDoesNotComeIn() {
        observer.database().change("insert into app_ban (app_id, user_id) values ('tilechat', ?)", mallory);

        await().untilAsserted(() -> assertThatThrownBy(() -> ChatClient.connect(broker, mallory).close())
                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void whoIsBannedOrWhoseTokenHasEndedIsCutOffAndOthersStay() {
        String token = SIGNER.sign("tilechat", bob, Role.USER, EVERYTHING, Duration.ofSeconds(20));
        try (ChatClient ends = ChatClient.of(bob).token(token).connect(broker);
                ChatClient banned = ChatClient.connect(broker, mallory);
                ChatClient stays = ChatClient.connect(broker, "eve-" + run)) {
            observer.database().change("insert into app_ban (app_id, user_id) values ('tilechat', ?)", mallory);

            banned.awaitDropped();
            ends.awaitDropped();
            assertThat(stays.isConnected()).isTrue();
        }
    }

    @Test
    void aTokenThatDoesNotHoldLetsNobodyIn() {
        String forged = new TokenSigner("another key, which has enough bytes for it").user("tilechat", mallory);
        String expired = SIGNER.sign("tilechat", mallory, Role.USER, EVERYTHING, Duration.ofMinutes(-10));
        for (String token : List.of(forged, expired, "", "guest", SIGNER.user("tilechat", mallory) + "x")) {
            assertThatThrownBy(() -> ChatClient.of(mallory).token(token).connect(broker)).as(token)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aBackEndReadsAndWritesTheTopicsOfItsApp() {
        try (ChatClient backEnd = ChatClient.of("back-end-" + run).token(SIGNER.admin("tilechat", "back-end-" + run)).quiet()
                .connect(broker);
                ChatClient user = ChatClient.connect(broker, bob)) {
            backEnd.subscribe("apps/tilechat/users/" + bob + "/#");
            backEnd.publish("apps/observer/tilechat/groups/update",
                    "{\"group\":{\"uid\":\"group-" + run + "\"},\"notify_to\":{\"" + bob + "\":1}}");

            user.awaitTopic("groups/group-" + run + "/clientupdated");
            backEnd.awaitTopic("groups/group-" + run + "/clientupdated");
            assertThatThrownBy(() -> backEnd.publish("apps/observer/other/groups/update", "{}"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whileNobodyAnswersWhoIsInStaysAndChatsWhenTheObserverIsBack() {
        try (ChatClient to = ChatClient.connect(broker, bob); ChatClient from = ChatClient.connect(broker, mallory)) {
            from.send(bob, "{\"text\":\"before\"}");
            to.awaitMessage(mallory, "before");
            observer.close();

            assertThatThrownBy(() -> ChatClient.connect(broker, "eve-" + run)).isInstanceOf(IllegalStateException.class);
            assertThat(to.isConnected()).isTrue();
            assertThat(from.isConnected()).isTrue();

            observer = settings.startHere();
            from.send(bob, "{\"text\":\"after\"}");
            to.awaitMessage(mallory, "after");
            ChatClient.connect(broker, "eve-" + run).close();
        }
    }

    @Test
    void mqtt5IsAnsweredAsMqtt3IsAndToldTheReason() {
        assumeThat(System.getProperty("broker.version", "3.10")).as("RabbitMQ speaks MQTT 5 from 3.13 on").doesNotStartWith("3.1");
        String id = "phone-" + run;
        Mqtt5BlockingClient phone = mqtt5(bob, id);
        phone.connectWith().cleanStart(true).sessionExpiryInterval(3_600).send();
        try (Mqtt5BlockingClient.Mqtt5Publishes received = phone.publishes(MqttGlobalPublishFilter.ALL);
                ChatClient from = ChatClient.connect(broker, mallory)) {
            phone.subscribeWith().topicFilter("apps/tilechat/users/" + bob + "/#").qos(MqttQos.AT_LEAST_ONCE).send();
            phone.publishWith().topic("apps/tilechat/outgoing/users/" + bob + "/messages/" + mallory + "/outgoing")
                    .qos(MqttQos.AT_LEAST_ONCE).payload("{\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8)).send();
            from.awaitMessage(bob, "hello");
            from.send(bob, "{\"text\":\"and you\"}");
            await().until(() -> received.receive(1, TimeUnit.SECONDS).map(Mqtt5Publish::getPayloadAsBytes)
                    .filter(bytes -> new String(bytes, StandardCharsets.UTF_8).contains("and you")).isPresent());

            assertThatThrownBy(() -> mqtt5(mallory, id).connect()).isInstanceOf(Mqtt5ConnAckException.class);
            assertThat(phone.getState().isConnected()).isTrue();
            assertThatThrownBy(() -> phone.subscribeWith().topicFilter("apps/tilechat/users/" + mallory + "/#").send())
                    .isInstanceOfSatisfying(Mqtt5SubAckException.class, refused -> assertThat(
                            refused.getMqttMessage().getReasonCodes()).containsExactly(Mqtt5SubAckReasonCode.NOT_AUTHORIZED));
        }
        await("who asks for what is not the own is shown the door").until(() -> !phone.getState().isConnected());
    }

    private static Mqtt5BlockingClient mqtt5(String user, String id) {
        return Mqtt5Client.builder().identifier(id).serverHost("127.0.0.1").serverPort(broker.mqttPort()).simpleAuth()
                .username("JWT").password(SIGNER.user("tilechat", user).getBytes(StandardCharsets.UTF_8)).applySimpleAuth()
                .buildBlocking();
    }

    @Test
    void aPageWithMqttJsChatsOverWebSocketAndComesInUnderNobodyElsesId() {
        MqttJs page = MqttJs.installed();
        String id = "phone-" + run;
        try (ChatClient phone = ChatClient.of(bob).clientId(id).connect(broker);
                ChatClient to = ChatClient.connect(broker, "eve-" + run)) {
            String said = page.chat(broker, mallory, SIGNER.user("tilechat", mallory), "eve-" + run, id);

            to.awaitMessage(mallory, "from a page");
            assertThat(said.lines()).containsExactly("in", "own copy", "refused under another's id");
            assertThat(phone.isConnected()).isTrue();
        }
    }

    private static String everything(String user) {
        return SIGNER.sign("tilechat", user, Role.USER, EVERYTHING, Duration.ofHours(1));
    }
}
