package chat21.observer.out.webhook;

import java.io.IOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.MessageProperties;

import chat21.observer.engine.batch.Pause;
import chat21.observer.engine.batch.RetrySettings;
import chat21.observer.engine.broker.EdgeProperties;
import chat21.observer.internals.rabbitmq.BundlingConnection;
import chat21.observer.protocol.Excerpt;

/** Writes to the broker what a try came to. An event leaves a queue only when the next one has it for certain. */
public final class EventKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(EventKeeper.class);
    private static final long SLICE_MS = 1_000;
    // What a broker that does not block publishers confirms later than that is not waited for.
    private static final int MAX_SILENT_SLICES = 60;
    private static final int ABORT_MS = 1_000;
    private static final int MAX_ERROR = 500;
    private static final RetrySettings GIVEN_BACK = new RetrySettings(0, 1_000, 30_000, 0, 0);

    private final RetrySchedule retries;
    private final String deadLetters;
    private final Clock clock;
    private final Map<TryResult.Fate, Counter> counts = new EnumMap<>(TryResult.Fate.class);
    private final boolean keepRefused;
    // One for each queue from which events are taken.
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

    /** @param keepRefused whether events that an endpoint refuses are kept among those that were given up */
    EventKeeper(RetrySchedule retries, String deadLetters, MeterRegistry meters, boolean keepRefused, Clock clock) {
        this.keepRefused = keepRefused;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.clock = clock;
        for (TryResult.Fate fate : TryResult.Fate.values()) {
            counts.put(fate, Counter.builder("chat21_webhook_tries").tag("outcome", fate.label())
                    .description("Tries to post an event to an endpoint").register(meters));
        }
    }

    /** Puts the event among those that wait for their next try. */
    public TryResult retryLater(TryResult result) throws IOException, InterruptedException {
        WebhookTry attempt = result.attempt();
        Map<String, Object> headers = new HashMap<>();
        headers.put(WebhookTry.NUMBER, attempt.number() + 1);
        headers.put(WebhookTry.LAST_ERROR, shortened(result.error()));
        long pause = attempt.endpoint().options().retries(retries).delayAfter(attempt.number(), result.retryAfterMs());
        publish(attempt, attempt.endpoint().retryQueue(pause), headers);
        return result;
    }

    /** Puts the event among those that were given up. */
    public TryResult giveUp(TryResult result) throws IOException, InterruptedException {
        WebhookTry attempt = result.attempt();
        publishDead(result);
        LOG.warn("A webhook event was given up after {} tries: {} {} to {}", attempt.number(), attempt.type(),
                attempt.eventId(), attempt.endpoint().address());
        return result;
    }

    /** Leaves an event whose endpoint does not want it, or puts it among those that were given up if a setting says so. */
    public TryResult leave(TryResult result) throws IOException, InterruptedException {
        WebhookTry attempt = result.attempt();
        if (keepRefused) {
            publishDead(result);
        }
        // A wrong address answers like a receiver that is choosy, so it is said, once.
        if (refusals.add(attempt.endpoint().queue() + ' ' + result.error())) {
            LOG.warn("The webhook endpoint {} refuses events, which are not tried again: {}, first for {}",
                    attempt.endpoint().address(), result.error(), attempt.type());
        }
        return result;
    }

    /** Counts a try. */
    public TryResult count(TryResult result) {
        counts.get(result.fate()).increment();
        return result;
    }

    /** Puts an event back untried, into the queue that it came from. */
    public WebhookTry postpone(WebhookTry attempt) throws IOException, InterruptedException {
        publish(attempt, attempt.endpoint().queue(), Map.of(WebhookTry.NUMBER, attempt.number()));
        return attempt;
    }

    /** Tells the broker that all of these tries are done. */
    public EventDelivery acknowledge(EventDelivery delivery) throws IOException {
        delivery.channel().basicAck(delivery.tag(), false);
        delivery.tries().stream().map(attempt -> pauses.get(attempt.endpoint().queue())).filter(Objects::nonNull)
                .forEach(Pause::reset);
        return delivery;
    }

    /** Gives back what has an event whose fate could not be written, so that its tries are made once more. */
    public void giveBack(Exchange exchange) throws InterruptedException {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.warn("A webhook event stays with the broker: {}", String.valueOf(thrown));
        LOG.debug("The error was", thrown);
        counts.get(TryResult.Fate.FAILED).increment();
        Channel channel = exchange.getProperty(SpringRabbitMQConstants.CHANNEL, Channel.class);
        MessageProperties properties = exchange.getMessage().getHeader(EdgeProperties.HEADER, MessageProperties.class);
        // It comes back at once.
        pauses.computeIfAbsent(properties.getConsumerQueue(),
                queue -> new Pause(GIVEN_BACK, () -> !exchange.getContext().isStopping())).await();
        try {
            channel.basicNack(properties.getDeliveryTag(), false, true);
        } catch (IOException | RuntimeException e) {
            LOG.debug("The broker takes it back with the channel", e);
        }
    }

    /** How long what is given back next to a queue waits, in ms. */
    long pauseOf(String queue) {
        return pauses.get(queue).nextMs();
    }

    private void publishDead(TryResult result) throws IOException, InterruptedException {
        publish(result.attempt(), deadLetters,
                DeadEvent.headers(result.attempt(), shortened(result.error()), clock.instant()));
    }

    // On the channel of the delivery, which no other thread uses meanwhile.
    private static void publish(WebhookTry attempt, String queue, Map<String, Object> headers)
            throws IOException, InterruptedException {
        Channel channel = attempt.channel();
        channel.confirmSelect();
        channel.basicPublish("", queue, new BasicProperties.Builder().deliveryMode(2).contentType("application/json")
                .type(attempt.type()).messageId(attempt.eventId()).headers(headers).build(), attempt.body());
        for (int silent = 0; silent < MAX_SILENT_SLICES;) {
            try {
                if (channel.waitForConfirms(SLICE_MS)) {
                    return;
                }
                throw new IOException("the broker did not take it");
            } catch (TimeoutException e) {
                if (!channel.isOpen()) {
                    throw new IOException("the channel was closed before the broker confirmed", e);
                }
                silent = BundlingConnection.blocking(channel).getAsBoolean() ? 0 : silent + 1;
            }
        }
        // The channel may be of no use any more, and whoever consumes opens the next connection.
        channel.getConnection().abort(ABORT_MS);
        throw new IOException("the broker did not confirm in time");
    }

    private static String shortened(String error) {
        return Excerpt.of(error, MAX_ERROR);
    }
}
