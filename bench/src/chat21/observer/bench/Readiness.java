package chat21.observer.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Finds out when a system has started: by what it says, and by what it does. */
final class Readiness {

    /** Where the observer's management port says whether it is ready. */
    static final String PATH = "/observe/health/ready";

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(50);
    private static final int TIMEOUT_MILLIS = 2_000;

    private Readiness() {
    }

    /** Returns when the health check of a management port says yes. */
    static void awaitHealth(Child child, int managementPort) {
        URI uri = URI.create("http://127.0.0.1:" + managementPort + PATH);
        boolean ready = Pause.until(() -> {
            child.check();
            return answersOk(uri);
        }, LIMIT);
        if (!ready) {
            throw new IllegalStateException("no 200 from " + uri + " within " + LIMIT.toSeconds() + " s");
        }
    }

    /** Sends messages until one has come back. */
    static void awaitMessage(Load load, int run, Runnable check) {
        Conversation conversation = Conversation.direct("early-user", "early-peer");
        int most = (int) (LIMIT.toMillis() / BETWEEN_MESSAGES.toMillis());
        Tracker tracker = new Tracker(run, Cast.copiesPerMessage(0), most, () -> { });
        load.track(tracker);
        for (int number = 0; number < most; number++) {
            check.run();
            tracker.sent(number, System.nanoTime());
            load.send(conversation, run, number);
            if (Pause.until(() -> tracker.completed() > 0, BETWEEN_MESSAGES)) {
                return;
            }
        }
        throw new IllegalStateException("no message came through within " + LIMIT.toSeconds() + " s");
    }

    private static boolean answersOk(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
