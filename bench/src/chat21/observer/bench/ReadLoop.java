package chat21.observer.bench;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.bench.ReadMeasurement.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/** Asks at a steady rate, the kinds of request in turn, whatever comes back. */
final class ReadLoop {

    private static final int PATIENCE_SECONDS = 30;

    private final Population population;
    private final int[] middle;
    private final String api;
    private final TokenSigner signer = new TokenSigner(Broker.JWT_KEY);
    private final SplittableRandom random = new SplittableRandom(2);
    private final Map<Kind, Counts> counts = new EnumMap<>(Kind.class);

    /** What came back to one kind. */
    record Counts(ConcurrentHistogram micros, AtomicLong bytes, AtomicLong failed) {
        Counts() {
            this(new ConcurrentHistogram(3), new AtomicLong(), new AtomicLong());
        }
    }

    ReadLoop(Population population, int[] middle, int restPort) {
        this.population = population;
        this.middle = middle;
        this.api = "http://127.0.0.1:%d/api/%s/".formatted(restPort, Population.APP);
        for (Kind kind : Kind.values()) {
            counts.put(kind, new Counts());
        }
    }

    /** Asks one after the other for a while, so that a process that has just started is not measured while it learns. */
    void warmUp(Duration time) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long end = System.nanoTime() + time.toNanos();
        for (int number = 0; System.nanoTime() < end; number++) {
            http.send(request(Kind.values()[number % Kind.values().length]), BodyHandlers.ofByteArray());
        }
    }

    /** Runs so many requests, and counts those from a given one on, before which it tells. */
    Map<Kind, Counts> run(ReadRate rate, int all, int countFrom, Runnable begin) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
        Semaphore answered = new Semaphore(0);
        long start = System.nanoTime();
        for (int number = 0; number < all; number++) {
            Kind kind = Kind.values()[number % Kind.values().length];
            HttpRequest request = request(kind);
            long due = start + number * 1_000_000_000L / rate.perSecond();
            Pause.until(due);
            if (number == countFrom) {
                begin.run();
            }
            Counts to = number < countFrom + rate.perSecond() / 10 ? new Counts() : counts.get(kind);
            // The timeout of a request ends with the head of its answer; this one is for all of it.
            http.sendAsync(request, BodyHandlers.ofByteArray()).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((response, failure) -> {
                        to.micros.recordValue((System.nanoTime() - due) / 1_000);
                        if (failure == null && response.statusCode() == 200 && response.body().length > 100) {
                            to.bytes.addAndGet(response.body().length);
                        } else {
                            to.failed.incrementAndGet();
                        }
                        answered.release();
                    });
        }
        answered.acquire(all);
        threads.shutdown();
        return counts;
    }

    private HttpRequest request(Kind kind) {
        if (kind == Kind.CONVERSATIONS) {
            String user = population.user(random.nextInt(population.users()));
            return get(user, user + "/conversations");
        }
        int busy = random.nextInt(population.busyPairs());
        String user = population.one(population.busyPair(busy));
        String history = user + "/conversations/" + population.other(population.busyPair(busy)) + "/messages";
        return get(user, kind == Kind.FIRST_PAGE ? history : history + "?before="
                + population.timestamp(middle[busy]) + "," + population.messageId(middle[busy]));
    }

    private HttpRequest get(String user, String path) {
        return HttpRequest.newBuilder(URI.create(api + path)).header("Authorization", signer.user(Population.APP, user)).build();
    }
}
