package chat21.observer.flow.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The failures of one policy: how many came in succession, and one line in the log for each cause and minute. */
final class PolicyFailures {

    /** So many in succession are no matter of single messages any more. */
    static final int SEVERAL = 3;

    private static final Logger LOG = LoggerFactory.getLogger(PolicyFailures.class);
    private static final long LINE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_CAUSES = 20;

    private final String policy;
    private final LongSupplier nanoTime;
    private final Map<String, Said> said = new LinkedHashMap<>();
    private int inSuccession;
    private String last;

    private static final class Said {
        private long at;
        private long since;
    }

    /** @param nanoTime tells the time as {@link System#nanoTime} does */
    PolicyFailures(String policy, LongSupplier nanoTime) {
        this.policy = policy;
        this.nanoTime = nanoTime;
    }

    /** Takes note of a failure. The error's text stays out of the log, since it may quote the message. */
    synchronized void add(Throwable error) {
        inSuccession++;
        last = error instanceof PolicyFailed failed ? failed.sentence() : error.getClass().getName();
        Said line = said.get(last);
        long now = nanoTime.getAsLong();
        if (line == null || now - line.at >= LINE_NS) {
            LOG.warn("The policy {} failed{}: {}", policy,
                    line == null || line.since == 0 ? "" : ", and " + line.since + " times before, since this was last said", last);
            said.remove(last);
            said.put(last, new Said());
            said.get(last).at = now;
            said.keySet().removeIf(cause -> said.size() > MOST_CAUSES && !cause.equals(last));
        } else {
            line.since++;
        }
        LOG.debug("The error was", error);
    }

    synchronized void succeeded() {
        inSuccession = 0;
    }

    synchronized int inSuccession() {
        return inSuccession;
    }

    /** What to say of the policy while it fails, or null. */
    synchronized String problem() {
        return inSuccession < SEVERAL ? null
                : "the policy " + policy + " failed " + inSuccession + " times in succession: " + last;
    }
}
