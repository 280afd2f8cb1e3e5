package chat21.observer.bench;

/**
 * How soon a system was there.
 *
 * @param readyMillis        from the start of its process until it said that it is ready; null if it does not say
 * @param firstMessageMillis until a message came through it; null if it ran before
 */
record StartUp(String system, Long readyMillis, Long firstMessageMillis) {

    /** Null where one of both is not known. */
    Long firstMessageAfterReady() {
        return readyMillis == null || firstMessageMillis == null ? null : firstMessageMillis - readyMillis;
    }
}
