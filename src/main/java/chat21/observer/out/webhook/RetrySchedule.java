package chat21.observer.out.webhook;

import java.util.List;
import java.util.stream.IntStream;

/**
 * When a failed event is tried again.
 *
 * @param tries        how often in all
 * @param firstDelayMs the pause after the first try
 * @param factor       by how much each pause is longer than the one before
 */
record RetrySchedule(int tries, long firstDelayMs, int factor) {

    // The broker takes no longer time to live.
    private static final long LONGEST_MS = 30L * 24 * 3_600_000;

    /** Whether nothing comes after that try; the first is 1. */
    boolean isLast(int number) {
        return number >= tries;
    }

    /** The pause after that try, in ms. */
    long delayAfter(int number) {
        double delay = firstDelayMs * Math.pow(factor, Math.max(0, number - 1));
        return (long) Math.min(delay, LONGEST_MS);
    }

    /** The pause after that try if the endpoint wants to be left alone for so long: no shorter, but for the longest. */
    long delayAfter(int number, long atLeastMs) {
        long usual = delayAfter(number);
        return delays().stream().filter(delay -> delay >= usual && delay >= atLeastMs).findFirst()
                .orElseGet(() -> delayAfter(Math.max(number, tries - 1)));
    }

    /** All different pauses, the shortest first. */
    List<Long> delays() {
        return IntStream.range(1, tries).mapToLong(this::delayAfter).distinct().boxed().toList();
    }
}
