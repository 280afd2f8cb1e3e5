package chat21.observer.bench;

import java.util.OptionalLong;

/** A running system under test, with the load on its broker. */
interface Subject {

    String name();

    Load load();

    /** A number for the next run of messages, never given before on this broker. */
    int nextRun();

    /** Of its broker, itself and the load, so far. */
    ProcessorTime processorTime();

    OptionalLong residentMegabytes();
}
