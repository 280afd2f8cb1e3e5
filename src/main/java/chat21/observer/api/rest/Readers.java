package chat21.observer.api.rest;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The answers that are being read. While there is room each may take its time; where there is none, whoever has had a moment
 * and holds the most gives way, so that slow readers keep nobody else from being answered.
 */
final class Readers {

    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Reader> reading = ConcurrentHashMap.newKeySet();

    private record Reader(AnswerRoom room, long since, Runnable hangUp) {
    }

    /** Somebody begins to read; what is returned ends that. */
    Runnable begin(AnswerRoom room, Runnable hangUp) {
        Reader reader = new Reader(room, System.nanoTime(), hangUp);
        reading.add(reader);
        return () -> reading.remove(reader);
    }

    /**
     * Hangs up on the one that holds the most of those that have had a moment.
     *
     * @param owner whose readers are meant; null for anybody's
     * @return false where there is none
     */
    boolean makeRoom(String owner) {
        long now = System.nanoTime();
        return reading.stream().filter(reader -> now - reader.since > MOMENT_NS)
                .filter(reader -> owner == null || owner.equals(reader.room.owner()))
                .max(Comparator.comparingLong(reader -> reader.room.held()))
                .filter(reading::remove).map(reader -> {
                    reader.room.leave();
                    reader.hangUp.run();
                    return true;
                }).orElse(false);
    }
}
