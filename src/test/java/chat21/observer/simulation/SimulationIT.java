package chat21.observer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * As many seeds as a time allows, or one; their number is printed, and the seed of what goes wrong. Each run of all tests takes
 * the same first ones, since a rare fault that a fresh seed finds has nothing to do with what is tested there.
 */
class SimulationIT {

    private static final long SEED = Long.getLong("simulation.seed", 1);
    private static final long MOST = Long.getLong("simulation.most", 400);
    private static final long SECONDS = Long.getLong("simulation.seconds", 60);

    // Of a world that goes well nobody wants to read.
    private final Logger log = (Logger) LoggerFactory.getLogger("chat21.observer");
    private final Level before = log.getLevel();

    @BeforeEach
    void sayNothing() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void sayAll() {
        log.setLevel(before);
    }

    @Test
    void whateverGoesWrongAllIsStoredAndPublishedOnceInOrderAndComesToRest() {
        System.out.println("Simulates from seed " + SEED);
        Simulation simulation = new Simulation();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long seed = SEED;
        do {
            assertThat(simulation.run(seed)).as("bin/test --simulate --seed %d", seed).isNull();
            seed++;
        } while (seed - SEED < MOST && System.nanoTime() < until);
        System.out.println("Simulated " + (seed - SEED) + " seeds");
    }
}
