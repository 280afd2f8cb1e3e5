package chat21.observer.ops.routefiles;

import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.upkeep.Repeated;

/**
 * Looks at the folder several times a second, and has followed what stands there once it was the same twice in
 * succession: editors write in several steps.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long INTERVAL_MS = 200;
    private static final long MOST_PAUSE_MS = 60_000;
    private static final long END_MS = 20_000;

    private final RouteFolder folder;
    private final RouteReload reload;
    private final ReloadReport report;
    private Repeated looking;
    private SortedMap<String, RouteSource> followed;
    private SortedMap<String, RouteSource> lastSeen;
    private long pauseMs;
    private long pauseEnds;

    FolderWatch(RouteFolder folder, RouteReload reload, ReloadReport report) {
        this.folder = folder;
        this.reload = reload;
        this.report = report;
    }

    /** Begins to look. */
    public void start() {
        looking = new Repeated("chat21-routes", INTERVAL_MS, this::look);
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.close(END_MS);
        }
    }

    private void look() {
        try {
            SortedMap<String, RouteSource> seen = folder.sources();
            boolean settled = seen.equals(lastSeen);
            boolean isPaused = pauseMs > 0 && settled && System.nanoTime() - pauseEnds < 0;
            lastSeen = seen;
            if (settled && !isPaused && !seen.equals(followed)) {
                reload.follow(seen);
                followed = seen;
                pauseMs = 0;
            }
        } catch (IOException e) {
            fails("the folder cannot be read: " + e);
        } catch (TimeoutException e) {
            LOG.info("The edit waits for the flow, which works on a batch: {}", e.getMessage());
        } catch (Throwable e) {
            // Whatever it is, the next edit may be followed again.
            LOG.debug("The files could not be followed", e);
            fails("the files cannot be followed: " + e.getClass().getName());
        }
    }

    // Said once, and tried again after a pause that grows, or as soon as something changes.
    private void fails(String sentence) {
        report.isNow(new TreeSet<>(Set.of(new Problem(folder.toString(), 0, sentence))), Set.of());
        followed = null;
        pauseMs = Math.min(MOST_PAUSE_MS, Math.max(2 * pauseMs, INTERVAL_MS));
        pauseEnds = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
    }
}
