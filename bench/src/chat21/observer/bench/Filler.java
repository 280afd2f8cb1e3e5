package chat21.observer.bench;

import chat21.observer.database.Database;
import chat21.observer.database.RowKeys;
import chat21.observer.flow.store.ConversationChange;
import chat21.observer.flow.store.ConversationKey;
import chat21.observer.flow.store.ConversationMerge;
import chat21.observer.flow.store.MessageRow;
import chat21.observer.flow.store.TimelineRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fills a database with what a population has written, with the statements of the flow, but conversation by conversation
 * and without indexes, which are built at the end: that takes minutes where the flow would take hours.
 */
final class Filler {

    private static final int BATCH = 5_000;
    private static final short SENT = 100;
    private static final short RECEIVED = 150;

    private final Population population;
    private final Written written;
    private final RowKeys keys = new RowKeys(Clock.systemUTC());
    private final List<MessageRow> messages = new ArrayList<>();
    private final List<TimelineRow> timeline = new ArrayList<>();
    private final Map<ConversationKey, ConversationChange> conversations = new TreeMap<>();

    private Filler(Population population) {
        this.population = population;
        this.written = Written.by(population);
    }

    /** Fills an empty database, and returns for each busy pair the message in the middle of its history. */
    static int[] fill(Population population, Database database) throws SQLException {
        Filler filler = new Filler(population);
        Indexes indexes = Indexes.drop(database);
        int[] pairs = filler.inOrderOfKeys();
        for (int from = 0; from < pairs.length;) {
            int begin = from;
            from = filler.next(pairs, begin);
            int end = from;
            database.inTransaction(connection -> filler.write(connection, Arrays.copyOfRange(pairs, begin, end)));
        }
        indexes.create();
        return filler.written.middles();
    }

    // So that rows are only ever added at the end.
    private int[] inOrderOfKeys() {
        return IntStream.range(0, population.pairs()).boxed()
                .sorted(Comparator.comparingLong(pair -> key(population.one(pair), population.other(pair))))
                .mapToInt(Integer::intValue).toArray();
    }

    private int next(int[] pairs, int from) {
        int to = from;
        for (int rows = 0; to < pairs.length && rows < BATCH; to++) {
            rows += written.of(pairs[to]).length;
        }
        return to;
    }

    private void write(Connection connection, int[] pairs) throws SQLException {
        for (int pair : pairs) {
            add(pair, written.of(pair));
        }
        MessageRow.insert(connection, messages);
        TimelineRow.insert(connection, timeline);
        ConversationMerge.all(connection, conversations);
        messages.clear();
        timeline.clear();
        conversations.clear();
    }

    private void add(int pair, int[] numbers) {
        SplittableRandom random = new SplittableRandom(pair);
        String one = population.one(pair);
        String other = population.other(pair);
        boolean byOne = true;
        for (int message : numbers) {
            byOne = random.nextBoolean();
            add(message, byOne ? one : other, byOne ? other : one);
        }
        if (numbers.length > 0) {
            int last = numbers[numbers.length - 1];
            String id = population.messageId(last);
            long timestamp = population.timestamp(last);
            conversations.put(new ConversationKey(Population.APP, one, other), ConversationChange.of(id, timestamp, !byOne));
            conversations.put(new ConversationKey(Population.APP, other, one), ConversationChange.of(id, timestamp, byOne));
        }
    }

    private void add(int message, String sender, String recipient) {
        String id = population.messageId(message);
        long timestamp = population.timestamp(message);
        long key = key(sender, recipient);
        messages.add(new MessageRow(key, Population.APP, id, sender, recipient, "text", "direct", timestamp,
                population.payload(message, sender, recipient)));
        timeline.add(new TimelineRow(Population.APP, sender, recipient, timestamp, id, SENT, key));
        timeline.add(new TimelineRow(Population.APP, recipient, sender, timestamp, id, RECEIVED, key));
    }

    private long key(String sender, String recipient) {
        return keys.next(Population.APP, "direct", sender, recipient);
    }
}
