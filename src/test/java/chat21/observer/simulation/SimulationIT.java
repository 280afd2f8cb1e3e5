package chat21.observer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** As many seeds as a time allows, or one; their number is printed, and the seed of what goes wrong. */
class SimulationIT {

    private static final long SEED = Long.getLong("simulation.seed", System.currentTimeMillis() * 1_000);
    private static final long SECONDS = Long.getLong("simulation.seconds", 60);

    @Test
    void whateverGoesWrongAllIsStoredAndPublishedOnceInOrderAndComesToRest() {
        System.out.println("Simulates from seed " + SEED);
        Simulation simulation = new Simulation();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long seed = SEED;
        do {
            assertThat(simulation.run(seed)).as("bin/test --simulate --seed %d", seed).isNull();
            seed++;
        } while (System.nanoTime() < until);
        System.out.println("Simulated " + (seed - SEED) + " seeds");
    }
}
