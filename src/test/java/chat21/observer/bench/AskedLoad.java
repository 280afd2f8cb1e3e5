package chat21.observer.bench;

/** One of the loads on the command line: of messages or, where the phase is null, of readers. */
record AskedLoad(Phase phase, ReadRate reads) {

    /** Reads what {@link Phase#parse} or {@link ReadRate#parse} does. */
    static AskedLoad parse(String text) {
        return ReadRate.parse(text).map(rate -> new AskedLoad(null, rate))
                .orElseGet(() -> new AskedLoad(Phase.parse(text), null));
    }
}
