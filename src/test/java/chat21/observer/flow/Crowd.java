package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;

/** Users who steadily write to each other and to a group, and what must hold of all that they wrote. */
final class Crowd implements AutoCloseable {

    // So many that no partition stays without a message.
    private static final int SENDERS = 40;
    private static final int RECIPIENTS = 4;
    private static final int GROUP_SENDERS = 4;

    private final String app = Flow.newId("app");
    private final String group = Flow.newId("group");
    private final ObserverSettings settings;
    private final TestDatabase database;
    private final List<String> keys = new ArrayList<>();
    // Whose inbox gets what the key of that number carries.
    private final Map<String, Set<Integer>> inboxes = new HashMap<>();
    private final Map<String, LiveCopies> copies = new HashMap<>();
    private final SteadyLoad load;

    /** Begins to write; the database must have its tables. */
    Crowd(ObserverSettings settings, int perSecond) throws IOException {
        TestBroker broker = settings.broker();
        this.settings = settings;
        database = settings.database();
        for (int i = 0; i < SENDERS; i++) {
            String recipient = "recipient" + i % RECIPIENTS;
            add("sender" + i, recipient, recipient);
        }
        database.change("insert into chat_group (app_id, group_id, name, created_on, updated_on)"
                + " values (?, ?, 'a group', 0, 0)", app, group);
        addMember("listener");
        for (int i = 0; i < GROUP_SENDERS; i++) {
            addMember("sender" + i);
            add("sender" + i, group, "listener", group);
        }
        for (String user : inboxes.keySet()) {
            copies.put(user, new LiveCopies(broker, app, user));
        }
        load = new SteadyLoad(broker, keys, perSecond);
    }

    private void addMember(String user) {
        database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, ?)", app, group, user);
    }

    private void add(String sender, String recipient, String... reached) {
        for (String inbox : reached) {
            inboxes.computeIfAbsent(inbox, i -> new TreeSet<>()).add(keys.size());
        }
        keys.add("apps." + app + ".outgoing.users." + sender + ".messages." + recipient + ".outgoing");
    }

    /** Waits until the broker has accepted so many more messages. */
    void awaitMore(int count) {
        load.awaitMore(count);
    }

    /** Stops to write, waits until everything has come, and checks every inbox. */
    void assertNothingLostDoubledOrOutOfOrder() {
        Set<String> sent = load.stop();
        inboxes.forEach((inbox, carried) -> {
            Set<String> expected = new LinkedHashSet<>(sent);
            expected.removeIf(text -> !carried.contains(keyOf(text)));
            assertThat(expected).as("sent to %s", inbox).isNotEmpty();
            copies.get(inbox).awaitAll(expected);
            assertOrdered("live copies of " + inbox, copies.get(inbox).texts(), carried);
            assertThat(copies.get(inbox).haveOneIdEach()).as("one id a message of " + inbox).isTrue();
            History history = History.of(database, app, inbox);
            history.assertHasEachOnce(expected);
            assertOrdered("history of " + inbox, history.texts(), carried);
        });
        try (AmqpClient amqp = AmqpClient.at(settings.broker())) {
            assertThat(amqp.ready(settings.deadLettersQueue())).as("dead letters").isZero();
        }
    }

    /** How many live copies came again. */
    long doubled() {
        return copies.values().stream().mapToLong(c -> c.texts().size() - c.texts().stream().distinct().count()).sum();
    }

    // What comes again after a crash repeats what was there; in the order of first appearance nothing is overtaken.
    private void assertOrdered(String where, List<String> texts, Set<Integer> carried) {
        for (int key : carried) {
            List<Integer> numbers = new LinkedHashSet<>(texts).stream().filter(t -> keyOf(t) == key)
                    .map(Crowd::numberOf).toList();
            assertThat(numbers).as(where).isSorted();
        }
    }

    private int keyOf(String text) {
        return numberOf(text) % keys.size();
    }

    private static int numberOf(String text) {
        return Integer.parseInt(text.substring(1));
    }

    @Override
    public void close() {
        load.close();
        copies.values().forEach(LiveCopies::close);
    }
}
