package chat21.observer.simulation;

/** An Error such as a lack of memory, which may come anywhere. */
final class SimulatedError extends Error {

    SimulatedError() {
        super("made to fail", null, false, false);
    }
}
