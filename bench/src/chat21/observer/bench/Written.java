package chat21.observer.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which messages of a population belong to which pair: every second one to a busy pair, the others to any. */
final class Written {

    private final Population population;
    private final int[] numbers;
    // Where the messages of a pair begin among the numbers; those of the last one end with them.
    private final int[] begin;

    private Written(Population population, int[] numbers, int[] begin) {
        this.population = population;
        this.numbers = numbers;
        this.begin = begin;
    }

    static Written by(Population population) {
        SplittableRandom random = new SplittableRandom(1);
        int[] pairs = new int[population.messages()];
        int[] begin = new int[population.pairs() + 1];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = i % 2 == 0 ? population.busyPair(random.nextInt(population.busyPairs()))
                    : random.nextInt(population.pairs());
            begin[pairs[i] + 1]++;
        }
        Arrays.parallelPrefix(begin, Integer::sum);
        int[] next = begin.clone();
        int[] numbers = new int[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            numbers[next[pairs[i]]++] = i;
        }
        return new Written(population, numbers, begin);
    }

    /** The numbers of the messages of a pair, the oldest first. */
    int[] of(int pair) {
        return Arrays.copyOfRange(numbers, begin[pair], begin[pair + 1]);
    }

    /** For each busy pair the message in the middle of its history. */
    int[] middles() {
        int[] middles = new int[population.busyPairs()];
        for (int busy = 0; busy < middles.length; busy++) {
            int pair = population.busyPair(busy);
            middles[busy] = numbers[(begin[pair] + begin[pair + 1]) / 2];
        }
        return middles;
    }
}
