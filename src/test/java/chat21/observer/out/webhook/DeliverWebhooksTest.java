package chat21.observer.out.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Predicate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.MessageProperties;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.engine.broker.EdgeProperties;
import chat21.observer.message.Deleted;
import chat21.observer.out.webhook.Receiver.Answer;
import chat21.observer.out.webhook.WebhookSettings.HttpLimits;

class DeliverWebhooksTest {

    private static final byte[] EVENT = "{\"event_type\":\"presence-change\"}".getBytes(StandardCharsets.UTF_8);
    private static final RetrySchedule SCHEDULE = new RetrySchedule(3, 1_000, 2);

    private final Receiver receiver = Receiver.start();
    private final Endpoint endpoint = Endpoint.of(receiver.url("/hook"), "w");
    private final FakeChannel broker = new FakeChannel();
    private final Channel channel = broker.channel();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", "", 2,
            5_000, false));

    private EventKeeper keeper;

    @BeforeEach
    void start() throws Exception {
        Clock clock = Clock.systemUTC();
        context.disableJMX();
        context.getRegistry().bind("takeEvents", new TakeEvents(List.of(endpoint), new DeletedEvents(database),
                Deleted.dropped(meters, "webhook-events")));
        context.getRegistry().bind("webhookPace", new EndpointPace(List.of(endpoint), 1));
        context.getRegistry().bind("webhookPoster",
                new Poster(new HttpLimits(1_000, 2_000, 65_536), SCHEDULE, null, clock));
        keeper = new EventKeeper(SCHEDULE, "w.dead-letters", meters, false, clock);
        context.getRegistry().bind("eventKeeper", keeper);
        context.getRegistry().bind("isStopping", (Predicate) exchange -> exchange.getContext().isStopping());
        Properties properties = new Properties();
        properties.put("chat21.active.webhooks", "true");
        context.getPropertiesComponent().setInitialProperties(properties);
        for (String file : List.of("keep-webhook-event", "leave-to-caller", "deliver-webhooks", "post-webhook")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:routes/" + file + ".yaml"));
        }
        AdviceWith.adviceWith(context, "deliver-webhooks", false, route -> route.replaceFromWith("direct:event"));
        context.start();
    }

    @AfterEach
    void end() throws Exception {
        context.close();
        receiver.close();
        database.close();
    }

    @Test
    void aDeliveredEventIsAcknowledgedAndGoesNowhereElse() {
        hand(null);

        assertThat(receiver.posts()).hasSize(1);
        assertThat(receiver.posts().get(0).body()).isEqualTo(EVENT);
        assertThat(receiver.posts().get(0).eventId()).isEqualTo("event-1");
        assertThat(receiver.posts().get(0).headers()).doesNotContainKey("X-chat21-signature");
        assertThat(broker.published).isEmpty();
        assertThat(broker.calls).containsExactly("basicAck");
        assertThat(tries("delivered")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"a,group-1,bob,group-1", "a,alice,bob,bob"})
    void anEventOfWhatWasDeletedAfterItWasMadeIsDroppedAndOthersAreNot(String app, String recipient, String owner,
            String deleted) throws SQLException {
        String event = "{\"event_type\":\"message-sent\",\"createdAt\":%d,\"recipient_id\":\"" + recipient
                + "\",\"app_id\":\"%s\",\"data\":{\"text\":\"secret\"},\"delivered_to\":\"" + owner + "\"}";
        database.inTransaction(connection -> Deleted.note(connection,
                deleted.startsWith("group-") ? Deleted.group(app, deleted) : Deleted.user(app, deleted), 1_000));

        hand(properties(), event.formatted(1_000, app).getBytes(UTF_8));
        assertThat(receiver.posts()).isEmpty();
        assertThat(broker.calls).containsExactly("basicAck");
        assertThat(meters.counter("chat21_deleted_dropped", "where", "webhook-events").count()).isEqualTo(1);

        hand(properties(), event.formatted(1_001, app).getBytes(UTF_8));
        hand(properties(), event.formatted(1_000, "other").getBytes(UTF_8));
        assertThat(receiver.posts()).hasSize(2);
    }

    @Test
    void ofABundleOnlyWhatWasDeletedIsDropped() throws SQLException {
        String event = "{\"event_type\":\"message-sent\",\"createdAt\":1,\"recipient_id\":\"%s\",\"app_id\":\"a\"}";
        database.inTransaction(connection -> Deleted.note(connection, Deleted.group("a", "group-1"), 1_000));

        handBundle(event.formatted("group-1") + '\n' + event.formatted("group-2") + '\n' + event.formatted("group-1"),
                "message-sent e1", "message-sent e2", "message-sent e3");

        assertThat(receiver.posts()).singleElement().satisfies(post -> {
            assertThat(post.eventId()).isEqualTo("e2");
            assertThat(new String(post.body(), UTF_8)).contains("group-2");
        });
    }

    @Test
    void aFailedTryWaitsInTheQueueOfItsPauseBeforeItIsAcknowledged() {
        receiver.answering(Answer.status(500));

        hand(2);

        assertThat(broker.published).hasSize(1);
        FakeChannel.Published next = broker.published.get(0);
        assertThat(next.queue()).isEqualTo(endpoint.retryQueue(2_000));
        assertThat(next.body()).isEqualTo(EVENT);
        assertThat(next.properties().getMessageId()).isEqualTo("event-1");
        assertThat(next.properties().getDeliveryMode()).isEqualTo(2);
        assertThat(next.properties().getHeaders()).containsEntry("x-try", 3)
                .containsEntry("x-last-error", "status 500");
        assertThat(broker.calls).containsExactly("confirmSelect", "basicPublish", "waitForConfirms", "basicAck");
        assertThat(tries("retried")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 422, 451})
    void anEventThatTheEndpointRefusesIsNotTriedAgain(int status) {
        receiver.answering(Answer.status(status));

        hand(1);

        assertThat(receiver.posts()).hasSize(1);
        assertThat(broker.published).isEmpty();
        assertThat(broker.calls).containsExactly("basicAck");
        assertThat(tries("refused")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 408, 425, 429, 500, 503})
    void aStatusThatPassesIsTriedAgain(int status) {
        receiver.answering(Answer.status(status));

        hand(1);

        assertThat(broker.published).extracting(FakeChannel.Published::queue).containsExactly(endpoint.retryQueue(1_000));
        assertThat(tries("retried")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"2, 2000", "1, 1000", "0, 1000", "soon, 1000", "-5, 1000", "99999999999, 1000", "3600, 2000",
        "'Wed, 21 Oct 2099 07:28:00 GMT', 2000", "'Wed, 21 Oct 2015 07:28:00 GMT', 1000"})
    void anEndpointIsLeftAloneForAsLongAsItSaysWithinTheSchedule(String retryAfter, long pause) {
        receiver.answering(Answer.busy(429, retryAfter));

        hand(1);

        assertThat(broker.published).extracting(FakeChannel.Published::queue).containsExactly(endpoint.retryQueue(pause));
    }

    @Test
    void theLengthOfAnAnswerIsOfNoInterest() {
        receiver.answering(Answer.endless());

        hand(1);

        assertThat(tries("delivered")).isEqualTo(1);
        assertThat(broker.calls).containsExactly("basicAck");
    }

    @Test
    void anAnswerThatNeverEndsOrBreaksOffCountsByItsStatus() {
        receiver.answering(Answer.stuck(200));
        hand(1);
        receiver.answering(Answer.brokenOff(204));
        hand(1);
        receiver.answering(Answer.stuck(400));
        hand(1);

        assertThat(tries("delivered")).isEqualTo(2);
        assertThat(tries("refused")).isEqualTo(1);
    }

    @Test
    void theLastFailedTryEndsAmongTheDeadLetters() {
        receiver.answering(Answer.status(500));

        hand(3);

        assertThat(broker.published).extracting(FakeChannel.Published::queue).containsExactly("w.dead-letters");
        assertThat(broker.published.get(0).properties().getHeaders()).containsEntry("x-tries", 3)
                .containsEntry("x-endpoint", receiver.url("/hook"))
                .containsEntry("x-endpoint-queue", endpoint.queue());
        assertThat(tries("dead-lettered")).isEqualTo(1);
    }

    @Test
    void anEventThatTheBrokerDoesNotTakeGoesBackToItsQueue() {
        receiver.answering(Answer.status(500));
        broker.confirms = false;

        hand(1);

        assertThat(broker.calls).endsWith("basicNack").doesNotContain("basicAck");
        assertThat(tries("failed")).isEqualTo(1);
        assertThat(keeper.pauseOf(endpoint.queue())).as("the next one waits for longer").isEqualTo(2_000);

        broker.confirms = true;
        hand(1);
        assertThat(keeper.pauseOf(endpoint.queue())).as("until something goes well").isEqualTo(1_000);
    }

    @Test
    void anEndpointThatIsNotThereIsAFailedTryLikeAnyOther() {
        receiver.close();

        hand(1);

        assertThat(String.valueOf(broker.published.get(0).properties().getHeaders().get("x-last-error")))
                .startsWith("ConnectException");
        assertThat(broker.calls).endsWith("basicAck");
    }

    @Test
    void theEventsOfABundleAreTriedOneByOneAndAcknowledgedTogether() {
        receiver.answering(Answer.status(500));

        handBundle("{\"a\":1}\n{\"b\":2}", "message-sent event-1", "message-delivered event-2");

        assertThat(receiver.posts()).extracting(post -> new String(post.body(), UTF_8))
                .containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(broker.published).hasSize(2);
        FakeChannel.Published failed = broker.published.get(0);
        assertThat(failed.queue()).isEqualTo(endpoint.retryQueue(1_000));
        assertThat(failed.properties().getMessageId()).isEqualTo("event-1");
        assertThat(failed.properties().getType()).isEqualTo("message-sent");
        assertThat(failed.body()).asString(UTF_8).isEqualTo("{\"a\":1}");
        assertThat(broker.calls).filteredOn("basicAck"::equals).hasSize(1);
        assertThat(broker.calls).endsWith("basicAck");
        assertThat(tries("retried")).isEqualTo(2);
    }

    @Test
    void aBundleOfWhichTheBrokerDoesNotTakeAnEventGoesBackWhole() {
        receiver.answering(Answer.status(500));
        broker.confirms = false;

        handBundle("{\"a\":1}\n{\"b\":2}", "message-sent event-1", "message-delivered event-2");

        assertThat(receiver.posts()).hasSize(1);
        assertThat(broker.calls).endsWith("basicNack").doesNotContain("basicAck");
    }

    private void handBundle(String body, String... names) {
        MessageProperties properties = properties();
        properties.setHeader("x-events", List.of(names));
        hand(properties, body.getBytes(UTF_8));
    }

    private void hand(Integer number) {
        MessageProperties properties = properties();
        properties.setMessageId("event-1");
        if (number != null) {
            properties.setHeader("x-try", number);
        }
        hand(properties, Arrays.copyOf(EVENT, EVENT.length));
    }

    private MessageProperties properties() {
        MessageProperties properties = new MessageProperties();
        properties.setConsumerQueue(endpoint.queue());
        properties.setDeliveryTag(7);
        return properties;
    }

    private void hand(MessageProperties properties, byte[] body) {
        context.createProducerTemplate().send("direct:event", exchange -> {
            exchange.getMessage().setHeader(EdgeProperties.HEADER, properties);
            exchange.getMessage().setBody(body);
            exchange.setProperty(SpringRabbitMQConstants.CHANNEL, channel);
        });
    }

    private double tries(String outcome) {
        return meters.get("chat21_webhook_tries").tag("outcome", outcome).counter().count();
    }
}
