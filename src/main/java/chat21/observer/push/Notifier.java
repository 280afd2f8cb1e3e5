package chat21.observer.push;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.topic.Ids;

/** Tells users of a message on their devices, in the background and only as fast as the push service takes it. */
public final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 10_000;

    private final Instances instances;
    private final PushService service;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "chat21-push");
                thread.setDaemon(true);
                return thread;
            });

    /** @param service whoever brings the notes, or null if push is off */
    public Notifier(Instances instances, PushService service) {
        this.instances = instances;
        this.service = service;
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Tells whom a {@code message-delivered} event concerns.
     *
     * @throws chat21.observer.refuse.Refusal if the event names no recipient
     */
    public void tell(String app, JsonNode event, long now) {
        JsonNode message = event.path("data");
        String told = Ids.check("recipient_id", event.path("delivered_to").asText(event.path("recipient_id").asText()));
        if (service == null || !isWorthTelling(message, told)) {
            return;
        }
        PushNote note = PushNote.of(message, now);
        try {
            executor.execute(() -> push(app, told, note));
        } catch (RejectedExecutionException e) {
            LOG.warn("A push is left out: {} wait already", MOST_WAITING);
        }
    }

    static boolean isWorthTelling(JsonNode message, String told) {
        String sender = message.path("sender").asText();
        if (sender.equals("system") || sender.equals(told) || message.hasNonNull("__history")) {
            return false;
        }
        JsonNode attributes = message.path("attributes");
        return attributes.path("forcenotification").asBoolean(false)
                || attributes.path("sendnotification").asBoolean(true);
    }

    private void push(String app, String user, PushNote note) {
        try {
            for (Instance instance : instances.of(app, user)) {
                push(instance, note);
            }
        } catch (SQLException e) {
            LOG.warn("A push is left out, the database does not answer: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void push(Instance instance, PushNote note) throws SQLException, InterruptedException {
        try {
            if (!service.push(instance, note)) {
                instances.remove(instance);
            }
        } catch (IOException e) {
            LOG.warn("A push to a device failed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
