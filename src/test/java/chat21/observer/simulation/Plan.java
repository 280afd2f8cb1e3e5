package chat21.observer.simulation;

import java.util.Random;

/**
 * How large a world is.
 *
 * @param nodes         how many observers there are
 * @param queues        how many partitions
 * @param senders       how many users write
 * @param messages      how many messages
 * @param prefetch      how many a consumer has at most
 * @param maxMessages   how many are in a batch at most
 * @param minIntervalMs between batches
 * @param maxCopies     copies to groups in a batch
 * @param mostHeld      copies that wait, beyond which nothing is begun
 * @param lastingMs     how long users write and things go wrong
 * @param faults        how much goes wrong
 * @param equal         whether several messages are equal; then no process ends or stands still, and nothing that was handed over
 *                      is lost on its way, since nobody could tell what comes again then
 */
record Plan(int nodes, int queues, int senders, int messages, int prefetch, int maxMessages, int minIntervalMs,
        int maxCopies, int mostHeld, long lastingMs, int faults, boolean equal) {

    static Plan of(Random random) {
        boolean equal = random.nextInt(4) == 0;
        return new Plan(equal ? 1 : 1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(3), 5 + random.nextInt(35),
                1 + random.nextInt(20), 1 + random.nextInt(8), random.nextInt(3) * 4, 1 + random.nextInt(8),
                3 + random.nextInt(20), 500 + random.nextInt(4_000), random.nextInt(7), equal);
    }
}
