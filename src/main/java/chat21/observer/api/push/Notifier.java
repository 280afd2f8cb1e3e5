package chat21.observer.api.push;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.message.Given;
import chat21.observer.protocol.Ids;

/**
 * Tells users of a message on their devices, in the background and only as fast as the push service takes it. What fails
 * and may pass is tried again a few times, after pauses that grow; only so many notes wait, and none outlives the process.
 */
public final class Notifier extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 10_000;
    private static final long LONGEST_PAUSE_MS = 300_000;

    private final Instances instances;
    private final PushService service;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final long[] pausesMs;
    private final Semaphore free;
    private final ToldMessages told = new ToldMessages();
    private final ScheduledThreadPoolExecutor executor;

    /** @param service whoever brings the notes, or null if push is off */
    public Notifier(Instances instances, PushService service, MeterRegistry meters) {
        this(instances, service, meters, MOST_WAITING, 1_000, 4_000, 16_000, 64_000);
    }

    Notifier(Instances instances, PushService service, MeterRegistry meters, int mostWaiting, long... pausesMs) {
        this.instances = instances;
        this.service = service;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, Counter.builder("chat21_pushes")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .description("Tries to bring a note to a device").register(meters));
        }
        this.pausesMs = pausesMs;
        this.free = new Semaphore(mostWaiting);
        this.executor = new ScheduledThreadPoolExecutor(THREADS, new CamelThreadFactory("#name#", "chat21-push", true));
    }

    /**
     * Tells whom a {@code message-delivered} event concerns.
     *
     * @throws chat21.observer.protocol.Refusal if the event names no recipient
     */
    public void tell(String app, JsonNode event, long now) {
        tell(app, event, now, false);
    }

    /** Tells whom an event concerns, once: it may come again, and a back end may ask for the same. */
    public void tellOnce(String app, JsonNode event, long now) {
        tell(app, event, now, true);
    }

    private void tell(String app, JsonNode event, long now, boolean once) {
        JsonNode message = event.path("data");
        String user = Ids.check("recipient_id",
                Given.text(event, Given.isAbsent(event.path("delivered_to")) ? "recipient_id" : "delivered_to"));
        if (service == null || !isWorthTelling(message, user) || !told.isFirst(app, user, message) && once) {
            return;
        }
        PushNote note = PushNote.of(message, now);
        if (!later(0, () -> push(app, user, note))) {
            leftOut("too many wait already");
        }
    }

    static boolean isWorthTelling(JsonNode message, String told) {
        String sender = message.path("sender").asText();
        if (sender.equals("system") || sender.equals(told) || !Given.isAbsent(message.path("__history"))) {
            return false;
        }
        JsonNode attributes = message.path("attributes");
        return attributes.path("forcenotification").asBoolean(false)
                || attributes.path("sendnotification").asBoolean(true);
    }

    // Holds no thread while it waits.
    private boolean later(long afterMs, Push push) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            executor.schedule(() -> {
                free.release();
                run(push);
            }, afterMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The process ends, and a push is left out");
        }
        return true;
    }

    private void run(Push push) {
        try {
            push.run();
        } catch (SQLException e) {
            leftOut("the database does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            count(Outcome.FAILED);
            LOG.warn("A push to a device failed by {}", e.getClass().getName());
        }
    }

    // Once a device; one that is tried again counts for each try.
    private void count(Outcome outcome) {
        outcomes.get(outcome).increment();
    }

    private void leftOut(String why) {
        count(Outcome.LEFT_OUT);
        LOG.warn("A push is left out, {}", why);
    }

    private void push(String app, String user, PushNote note) throws SQLException, InterruptedException {
        for (Instance instance : instances.of(app, user)) {
            push(instance, note, 0);
        }
    }

    private void push(Instance instance, PushNote note, int failures) throws SQLException, InterruptedException {
        try {
            if (service.push(instance, note)) {
                count(Outcome.BROUGHT);
            } else {
                count(Outcome.GONE);
                instances.remove(instance);
            }
        } catch (PushFailure e) {
            failed(instance, note, failures, e);
        }
    }

    private void failed(Instance instance, PushNote note, int failures, PushFailure failure) {
        boolean again = failure.passes() && failures < pausesMs.length;
        if (again && later(Math.max(pausesMs[failures], Math.min(failure.afterMs(), LONGEST_PAUSE_MS)),
                () -> pushAgain(instance, note, failures + 1))) {
            count(Outcome.RETRIED);
        } else if (again) {
            leftOut("too many wait already");
        } else {
            count(Outcome.FAILED);
            LOG.warn("A push to a device failed: {}", failure.getMessage());
        }
    }

    // By now the device may be somebody else's, or forgotten.
    private void pushAgain(Instance instance, PushNote note, int failures) throws SQLException, InterruptedException {
        if (instances.of(instance.app(), instance.user()).stream().anyMatch(i -> i.id().equals(instance.id()))) {
            push(instance, note, failures);
        } else {
            count(Outcome.GONE);
        }
    }

    @Override
    protected void doStop() {
        executor.shutdownNow();
    }

    private enum Outcome {
        /** The service took it. */
        BROUGHT,
        /** The device is not reached again, and forgotten. */
        GONE,
        /** It failed, and is tried again. */
        RETRIED,
        /** It failed for good, or too often. */
        FAILED,
        /** Too many wait already. */
        LEFT_OUT
    }

    @FunctionalInterface
    private interface Push {
        void run() throws SQLException, InterruptedException;
    }
}
