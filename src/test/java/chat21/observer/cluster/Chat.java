package chat21.observer.cluster;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import chat21.observer.faults.Inbox;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestDatabase;

/** Users at all brokers who write to each other, and one who writes to all as a group, few messages a second in all. */
final class Chat implements AutoCloseable {

    private static final int USERS = 6;
    private static final int PER_SECOND = Integer.getInteger("cluster.per-second", 20);

    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<Phone> phones;
    private final List<Talk> talks = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int turn;

    private Chat(List<Host> brokers, TestDatabase database) {
        phones = IntStream.range(0, USERS).mapToObj(i -> new Phone(app, "user" + i, brokers, i % brokers.size())).toList();
        for (int i = 0; i < USERS; i++) {
            add(phones.get(i), phones.get((i + 1) % USERS));
            add(phones.get(i), phones.get((i + 2) % USERS));
        }
        String group = "group-" + app;
        database.change("insert into chat_group (app_id, group_id, name, created_on, updated_on) values (?, ?, '', 0, 0)",
                app, group);
        phones.forEach(phone -> database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, ?)",
                app, group, phone.user()));
        talks.add(new Talk(phones.get(0), group, phones.stream().map(phone -> phone.inbox(group)).toList()));
    }

    private void add(Phone sender, Phone recipient) {
        talks.add(new Talk(sender, recipient.user(), List.of(sender.inbox(recipient.user()), recipient.inbox(sender.user()))));
    }

    /** Lets all come in and write. */
    static Chat begin(List<Host> brokers, TestDatabase database) {
        Chat chat = new Chat(brokers, database);
        chat.phones.forEach(Phone::connect);
        chat.clock.scheduleAtFixedRate(chat::tick, 0, 1_000 / PER_SECOND, TimeUnit.MILLISECONDS);
        return chat;
    }

    private void tick() {
        talks.get(turn++ % talks.size()).send();
    }

    /** Waits until each inbox has got a message that is sent from now on, and returns how long that took. */
    Duration awaitFlow() {
        return awaitFlow(talks);
    }

    /** The same for some of them. */
    Duration awaitFlow(List<Talk> of) {
        long start = System.nanoTime();
        Map<Talk, Integer> since = new HashMap<>();
        of.forEach(talk -> since.put(talk, talk.next()));
        await("messages arrive").atMost(Patience.seconds(180)).pollInterval(Duration.ofMillis(50))
                .until(() -> since.entrySet().stream().allMatch(e -> e.getKey().hasArrivedSince(e.getValue())));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    List<Phone> phones() {
        return phones;
    }

    List<Talk> talks() {
        return talks;
    }

    String app() {
        return app;
    }

    /** Lets nobody write any more, waits until all has arrived or nothing comes any more, and counts. */
    Count end(TestDatabase database) {
        clock.shutdown();
        await().until(clock::isTerminated);
        Count[] count = {Count.of(talks, database)};
        long[] changed = {System.nanoTime()};
        await("all has arrived, or nothing comes any more").atMost(Patience.seconds(300)).pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    Count now = Count.of(talks, database);
                    if (!now.equals(count[0])) {
                        count[0] = now;
                        changed[0] = System.nanoTime();
                    }
                    return now.isComplete() || System.nanoTime() - changed[0] > Patience.seconds(15).toNanos();
                });
        return count[0];
    }

    @Override
    public void close() {
        clock.shutdownNow();
        phones.forEach(Phone::close);
    }
}
