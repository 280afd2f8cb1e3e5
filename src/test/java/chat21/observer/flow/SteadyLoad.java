package chat21.observer.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.TestBroker;

/**
 * Publishes numbered messages at a steady rate, and knows which of them the broker has taken responsibility for. It comes
 * back when the broker does, and never sends a message twice.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int TICKS_PER_SECOND = 100;

    private final TestBroker broker;
    private final List<String> routingKeys;
    private final int perTick;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private ConcurrentNavigableMap<Long, String> open = new ConcurrentSkipListMap<>();
    private AmqpClient client;
    private Channel channel;
    private int next;

    /** Begins to send. */
    SteadyLoad(TestBroker broker, String routingKey, int perSecond) {
        this(broker, List.of(routingKey), perSecond);
    }

    /** Begins to send to each of these in turn: message number n to the one at n modulo their number. */
    SteadyLoad(TestBroker broker, List<String> routingKeys, int perSecond) {
        this.broker = broker;
        this.routingKeys = List.copyOf(routingKeys);
        this.perTick = perSecond / TICKS_PER_SECOND;
        clock.scheduleAtFixedRate(this::tick, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /** The texts of all messages that were accepted so far. */
    Set<String> confirmed() {
        return Set.copyOf(confirmed);
    }

    /** Waits until so many more messages were accepted. */
    void awaitMore(int count) {
        int goal = confirmed.size() + count;
        Awaitility.await("accepted by the broker").until(() -> confirmed.size() >= goal);
    }

    /** Sends no more, waits for the broker's last answers, and returns the texts of all that it accepted. */
    Set<String> stop() {
        clock.shutdown();
        Awaitility.await().until(clock::isTerminated);
        ConcurrentNavigableMap<Long, String> waiting = open;
        Awaitility.await("confirms")
                .until(() -> waiting.isEmpty() || channel == null || !channel.isOpen());
        return confirmed();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        if (client != null) {
            client.close();
        }
    }

    private void tick() {
        try {
            if (channel == null || !channel.isOpen()) {
                connect();
            }
            for (int i = 0; i < perTick; i++) {
                String routingKey = routingKeys.get(next % routingKeys.size());
                String text = "n" + next++;
                open.put(channel.getNextPublishSeqNo(), text);
                channel.basicPublish("amq.topic", routingKey, MessageProperties.PERSISTENT_BASIC,
                        ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | AlreadyClosedException | IllegalStateException e) {
            // The broker is away: what it has not confirmed does not count as sent, and the next tick tries again.
            channel = null;
        }
    }

    private void connect() throws IOException {
        if (client != null) {
            client.close();
        }
        client = AmqpClient.at(broker);
        Channel fresh = client.connection().createChannel();
        fresh.confirmSelect();
        ConcurrentNavigableMap<Long, String> unanswered = new ConcurrentSkipListMap<>();
        fresh.addConfirmListener((tag, multiple) -> {
            ConcurrentNavigableMap<Long, String> done =
                    multiple ? unanswered.headMap(tag, true) : unanswered.subMap(tag, true, tag, true);
            confirmed.addAll(done.values());
            done.clear();
        }, (tag, multiple) -> { });
        open = unanswered;
        channel = fresh;
    }
}
