package chat21.observer.bench;

import chat21.observer.store.Database;
import chat21.observer.store.DatabaseSettings;
import chat21.observer.store.RowKeys;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Fills a database with what a population has written, in the order of time, with the statements of the flow. */
final class Filler {

    private static final int BATCH = 5_000;
    private static final short SENT = 100;
    private static final short RECEIVED = 150;

    private final Population population;
    private final SplittableRandom random = new SplittableRandom(1);
    private final RowKeys keys = new RowKeys(Clock.systemUTC());
    private final int[] last;
    private final boolean[] lastByOne;
    private final int[] count;
    private final int[] middle;
    private final Rows messages = new Rows("insert-messages", "bigint", "varchar", "varchar", "varchar", "varchar", "varchar",
            "varchar", "bigint", "varchar");
    private final Rows timeline = new Rows("insert-timeline", "varchar", "varchar", "varchar", "bigint", "varchar",
            "smallint", "bigint");
    private final Rows conversations = new Rows("merge-conversations", "varchar", "varchar", "varchar", "varchar",
            "bigint", "boolean", "integer");

    private Filler(Population population) {
        this.population = population;
        this.last = new int[population.pairs()];
        this.lastByOne = new boolean[population.pairs()];
        this.count = new int[population.pairs()];
        this.middle = new int[population.busyPairs()];
        Arrays.fill(last, -1);
    }

    /** Fills the H2 file of a URL, and returns for each busy pair the message in the middle of its history. */
    static int[] fill(Population population, String url) throws SQLException {
        Filler filler = new Filler(population);
        try (Database database = Database.open(new DatabaseSettings(url, "chat21", "", 4, 5_000, false))) {
            for (int from = 0; from < population.messages(); from += BATCH) {
                int begin = from;
                database.inTransaction(connection -> filler.messages(connection, begin));
            }
            for (int from = 0; from < population.pairs(); from += BATCH) {
                int begin = from;
                database.inTransaction(connection -> filler.conversations(connection, begin));
            }
        }
        // It would stay open in this process otherwise.
        try (Connection connection = DriverManager.getConnection(url, "chat21", "");
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
        return filler.middle;
    }

    private void messages(Connection connection, int from) throws SQLException {
        for (int i = from; i < Math.min(population.messages(), from + BATCH); i++) {
            int busy = i % 2 == 0 ? random.nextInt(population.busyPairs()) : -1;
            int pair = busy >= 0 ? population.busyPair(busy) : random.nextInt(population.pairs());
            add(i, pair, random.nextBoolean());
            if (busy >= 0 && count[pair] == population.messages() / population.busyPairs() / 4) {
                middle[busy] = i;
            }
        }
        messages.write(connection);
        timeline.write(connection);
    }

    private void add(int message, int pair, boolean byOne) {
        last[pair] = message;
        lastByOne[pair] = byOne;
        count[pair]++;
        String sender = byOne ? population.one(pair) : population.other(pair);
        String recipient = byOne ? population.other(pair) : population.one(pair);
        String id = population.messageId(message);
        long timestamp = population.timestamp(message);
        long key = keys.next(Population.APP, "direct", sender, recipient);
        messages.add(key, Population.APP, id, sender, recipient, "text", "direct", timestamp,
                population.payload(message, sender, recipient));
        timeline.add(Population.APP, sender, recipient, timestamp, id, SENT, key);
        timeline.add(Population.APP, recipient, sender, timestamp, id, RECEIVED, key);
    }

    private void conversations(Connection connection, int from) throws SQLException {
        for (int pair = from; pair < Math.min(population.pairs(), from + BATCH); pair++) {
            if (last[pair] >= 0) {
                String id = population.messageId(last[pair]);
                long timestamp = population.timestamp(last[pair]);
                String one = population.one(pair);
                String other = population.other(pair);
                boolean isNew = lastByOne[pair];
                conversations.add(Population.APP, one, other, id, timestamp, !isNew, isNew ? 0 : 1);
                conversations.add(Population.APP, other, one, id, timestamp, isNew, isNew ? 1 : 0);
            }
        }
        if (conversations.size() > 0) {
            conversations.write(connection);
        }
    }
}
