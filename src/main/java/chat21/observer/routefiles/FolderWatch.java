package chat21.observer.routefiles;

import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folder several times a second, and has followed what stands there once it was the same twice in
 * succession: editors write in several steps.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long INTERVAL_MS = 200;

    private final RouteFolder folder;
    private final RouteReload reload;
    private final ReloadReport report;
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "chat21-routes", true));
    private SortedMap<String, String> followed;
    private SortedMap<String, String> lastSeen;

    FolderWatch(RouteFolder folder, RouteReload reload, ReloadReport report) {
        this.folder = folder;
        this.reload = reload;
        this.report = report;
    }

    /** Begins to look. */
    public void start() {
        clock.scheduleWithFixedDelay(this::look, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            SortedMap<String, String> seen = folder.texts();
            boolean settled = seen.equals(lastSeen);
            lastSeen = seen;
            if (settled && !seen.equals(followed)) {
                reload.follow(seen);
                followed = seen;
            }
        } catch (IOException e) {
            SortedSet<Problem> problem = new TreeSet<>();
            problem.add(new Problem(folder.toString(), 0, "the folder cannot be read: " + e));
            report.isNow(problem);
            followed = null;
        } catch (TimeoutException e) {
            LOG.info("The edit waits for the flow, which works on a batch: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The files of routes could not be followed", e);
        }
    }
}
