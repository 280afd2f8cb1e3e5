package chat21.observer.faults;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;

/** One sender that writes numbered messages to one recipient, and knows which of them the broker has accepted. */
final class Talk {

    private final String routingKey;
    private final ConcurrentSkipListSet<Integer> accepted = new ConcurrentSkipListSet<>();
    private ConcurrentNavigableMap<Long, Integer> open = new ConcurrentSkipListMap<>();
    private Channel channel;
    private int next;

    Talk(String app, String sender, String recipient) {
        this.routingKey = "apps." + app + ".outgoing.users." + sender + ".messages." + recipient + ".outgoing";
    }

    /** Goes on over a new channel; what the old one did not confirm does not count as accepted, and is not sent again. */
    void use(Channel fresh) throws java.io.IOException {
        fresh.confirmSelect();
        ConcurrentNavigableMap<Long, Integer> unanswered = new ConcurrentSkipListMap<>();
        fresh.addConfirmListener((tag, multiple) -> {
            ConcurrentNavigableMap<Long, Integer> done =
                    multiple ? unanswered.headMap(tag, true) : unanswered.subMap(tag, true, tag, true);
            accepted.addAll(done.values());
            done.clear();
        }, (tag, multiple) -> { });
        open = unanswered;
        channel = fresh;
    }

    boolean isCutOff() {
        return channel == null || !channel.isOpen();
    }

    void send() throws java.io.IOException {
        int number = next++;
        open.put(channel.getNextPublishSeqNo(), number);
        channel.basicPublish("amq.topic", routingKey, MessageProperties.PERSISTENT_BASIC,
                ("{\"text\":\"n" + number + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    boolean hasAnswers() {
        return isCutOff() || open.isEmpty();
    }

    int count() {
        return accepted.size();
    }

    /** The greatest number that the broker has accepted so far; -1 if none. */
    int last() {
        return accepted.isEmpty() ? -1 : accepted.last();
    }

    Set<Integer> accepted() {
        return new TreeSet<>(accepted);
    }
}
