package chat21.observer.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two users who chat all the while, one message after the other, and note how long each takes. */
public final class HonestPair implements AutoCloseable {

    private static final long PAUSE_MS = 20;

    private final ChatClient anna;
    private final ChatClient ben;
    private final List<Long> micros = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> chat;
    private volatile boolean over;

    /** Logs both in, and lets them begin. */
    public HonestPair(TestBroker broker, String app) {
        anna = ChatClient.of("anna").app(app).connect(broker);
        ben = ChatClient.of("ben-the-honest").app(app).connect(broker);
        chat = CompletableFuture.runAsync(this::chat);
    }

    private void chat() {
        for (int i = 0; !over; i++) {
            long start = System.nanoTime();
            String text = "honest " + i;
            anna.sendLater(ben.user(), "{\"text\":\"" + text + "\"}");
            ben.awaitMessage("anna", text);
            micros.add((System.nanoTime() - start) / 1_000);
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        }
    }

    /** Ends the chat and returns how long each message took, in µs and sorted; fails if any did not arrive. */
    public List<Long> end() {
        over = true;
        chat.orTimeout(Patience.seconds(120).toSeconds(), TimeUnit.SECONDS).join();
        return micros.stream().sorted().toList();
    }

    @Override
    public void close() {
        over = true;
        anna.close();
        ben.close();
    }
}
