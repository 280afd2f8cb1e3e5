package chat21.observer.simulation;

/** Ends what a process was doing that is killed. No {@code catch} of the engine sees it. */
final class Killed extends Error {

    Killed() {
        super("killed", null, false, false);
    }
}
