package chat21.observer.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.UUID;

/** Runs worlds, one after the other. */
final class Simulation {

    private final Method run;

    Simulation() {
        try {
            Class<?> inside = new SimulatedClasses().loadClass(Inside.class.getName());
            run = inside.getDeclaredMethod("run", long.class, boolean.class);
            run.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the world of a seed; returns what went wrong with all that happened before, or null. */
    String run(long seed) {
        String failure = run(seed, false);
        if (failure == null) {
            return null;
        }
        String again = run(seed, true);
        return "seed " + seed + ": " + (again == null ? failure + "\nThe second time it did not fail." : again);
    }

    private String run(long seed, boolean traced) {
        try {
            return (String) run.invoke(null, seed, traced);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What runs among the simulated classes. */
    static final class Inside {

        private static final SimulatedDatabase DATABASE = new SimulatedDatabase(UUID.randomUUID().toString());

        private Inside() {
        }

        static String run(long seed, boolean traced) {
            Trace trace = new Trace(traced);
            try {
                new World(seed, DATABASE, trace).run();
                return null;
            } catch (Throwable e) {
                java.io.StringWriter text = new java.io.StringWriter();
                e.printStackTrace(new java.io.PrintWriter(text));
                return trace + text.toString();
            }
        }
    }
}
