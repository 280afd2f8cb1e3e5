package chat21.observer.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;

/** Measures how soon a back end learns of what it wants, though it refuses the rest and another endpoint is dead. */
final class WebhookSession implements AutoCloseable {

    private static final int CONVERSATIONS = 50;
    private static final Duration LIMIT = Duration.ofHours(2);

    private final Surroundings around;
    private final BackEnd willing;
    private final BackEnd picky;
    // Its connections are made and nobody ever reads from them.
    private final ServerSocket dead;
    private final RunningTarget target;
    private final Thread onInterrupt = new Thread(this::stop, "bench stop webhooks");

    WebhookSession(Surroundings around, Target observer) throws IOException {
        this.around = around;
        this.willing = new BackEnd(BackEnd.WILLING);
        this.picky = new BackEnd(BackEnd.PICKY);
        this.dead = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.target = new RunningTarget(observer, Map.of("WEBHOOK_ENABLED", "true", "WEBHOOK_ENDPOINTS", String.join(",",
                willing.url(), picky.url(), "http://127.0.0.1:" + dead.getLocalPort() + "/dead")));
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    void start() throws Exception {
        Watchdog.start(LIMIT);
        target.prepare(around);
        target.startTelling(around);
    }

    StartUp startUp() {
        return target.startUp();
    }

    String broker() {
        return target.load().broker();
    }

    /** How each of the two that answer learns of support messages, those of the lead-in aside. */
    List<WebhookMeasurement> measure(WebhookRate rate, Timing timing) {
        Progress.begin(rate + ": " + target.name());
        int run = target.nextRun();
        int every = rate.perSecond() * WebhookRate.SECONDS_BETWEEN;
        int supports = 1 + (int) Math.max(1, timing.window().toSeconds() / WebhookRate.SECONDS_BETWEEN);
        long start = System.nanoTime();
        for (int number = 0; number < supports * every; number++) {
            Pause.until(due(rate, start, number));
            target.load().send(Conversation.direct("user-" + number % CONVERSATIONS, "peer-" + number % CONVERSATIONS), run, number);
            if (number % every == every - 1) {
                String group = group(run, number / every);
                target.load().send(Conversation.inlineGroup(group, List.of("visitor-" + number, "agent")), run, number);
            }
        }
        Pause.until(() -> picky.came(group(run, supports - 1)) != null && willing.came(group(run, supports - 1)) != null,
                timing.patience());
        target.check();
        List<WebhookMeasurement> results = List.of(result(willing, rate, run, supports, start),
                result(picky, rate, run, supports, start));
        Progress.end("p99 " + String.join(", ", results.stream()
                .map(each -> Figures.number(each.latency().p99()) + " ms where it " + each.endpoint()).toList()));
        return results;
    }

    private WebhookMeasurement result(BackEnd backEnd, WebhookRate rate, int run, int supports, long start) {
        ConcurrentHistogram micros = new ConcurrentHistogram(3);
        int missing = 0;
        for (int support = 1; support < supports; support++) {
            Long came = backEnd.came(group(run, support));
            if (came == null) {
                missing++;
            } else {
                int number = (support + 1) * rate.perSecond() * WebhookRate.SECONDS_BETWEEN - 1;
                micros.recordValue(Math.max(0, came - due(rate, start, number)) / 1_000);
            }
        }
        return new WebhookMeasurement(target.name(), rate, backEnd.name(), Measurement.Latency.of(micros), backEnd.refused(),
                missing);
    }

    private static long due(WebhookRate rate, long start, int number) {
        return start + number * 1_000_000_000L / rate.perSecond();
    }

    private static String group(int run, int support) {
        return BackEnd.SUPPORT + run + "-" + support;
    }

    private void stop() {
        target.close();
        willing.close();
        picky.close();
        try {
            dead.close();
        } catch (IOException e) {
            System.err.println("The dead endpoint was not closed: " + e.getMessage());
        }
        RunFolder.delete(around.folder());
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }
}
