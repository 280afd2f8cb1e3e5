package chat21.observer.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import com.rabbitmq.client.Channel;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.TestBroker;

/** All copies that enter one inbox while it listens, in order, doubled ones too. */
final class LiveCopies implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"message_id\":\"([^\"]*)\"");
    private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

    private final AmqpClient client;
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final Map<String, Set<String>> ids = new ConcurrentHashMap<>();

    /** Begins to listen to the inbox of a user. */
    LiveCopies(TestBroker broker, String app, String user) throws IOException {
        client = AmqpClient.at(broker);
        Channel channel = client.connection().createChannel();
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "amq.topic", "apps." + app + ".users." + user + ".messages.*.clientadded");
        channel.basicConsume(queue, true, (tag, delivery) -> add(new String(delivery.getBody(), StandardCharsets.UTF_8)),
                tag -> { });
    }

    private void add(String json) {
        Matcher id = ID.matcher(json);
        ids.computeIfAbsent(textOf(json), t -> ConcurrentHashMap.newKeySet()).add(id.find() ? id.group(1) : "");
        texts.add(textOf(json));
    }

    /** Whether each text has one message id, however often it came. */
    boolean haveOneIdEach() {
        return ids.values().stream().allMatch(of -> of.size() == 1);
    }

    /** The text of a message's JSON. */
    static String textOf(String json) {
        Matcher text = TEXT.matcher(json);
        return text.find() ? text.group(1) : json;
    }

    /** The texts of all copies so far. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    /** Waits for the first copy, and returns as soon as it is there. */
    void awaitFirst() {
        Awaitility.await("a copy").pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> !texts.isEmpty());
    }

    /** Waits until a copy of each of these has come. */
    void awaitAll(Collection<String> expected) {
        Awaitility.await(expected.size() + " copies").pollInterval(Duration.ofMillis(200))
                .until(() -> texts.size() >= expected.size()
                        && new HashSet<>(texts).containsAll(expected));
    }

    @Override
    public void close() {
        client.close();
    }
}
