package chat21.observer.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/** Asks the gate what RabbitMQ asks for a client that comes and subscribes: user, virtual host, queue, topic. */
final class GateQuestions implements AutoCloseable {

    private static final int CONNECTIONS = 100;

    private final int port;
    private final Newcomers newcomers;
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient http = vertx.createHttpClient(new HttpClientOptions().setDefaultHost("127.0.0.1"),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final ConcurrentHistogram questions = new ConcurrentHistogram(3);
    private final ConcurrentHistogram clients = new ConcurrentHistogram(3);
    private final AtomicLong failed = new AtomicLong();

    GateQuestions(int port, Newcomers newcomers) {
        this.port = port;
        this.newcomers = newcomers;
    }

    List<ConnectMeasurement> run(ConnectLoad load, Timing timing) throws InterruptedException {
        ask(load.amount(), timing.warmUp());
        questions.reset();
        clients.reset();
        failed.set(0);
        ask(load.amount(), timing.window());
        return List.of(new ConnectMeasurement("gate", load, "a question", Measurement.Latency.of(questions), failed.get()),
                new ConnectMeasurement("gate", load, "all four", Measurement.Latency.of(clients), failed.get()));
    }

    private void ask(int perSecond, Duration time) throws InterruptedException {
        int all = (int) (perSecond * time.toMillis() / 1_000);
        Semaphore done = new Semaphore(0);
        long start = System.nanoTime();
        for (int number = 0; number < all; number++) {
            long due = start + number * 1_000_000_000L / perSecond;
            Pause.until(due);
            Newcomers.Newcomer one = newcomers.next();
            // On a thread of its own it could come too late for the bytes of an answer that is there already.
            context.runOnContext(now -> askAll(one).onComplete(all4 -> {
                clients.recordValue((System.nanoTime() - due) / 1_000);
                if (all4.failed() && failed.incrementAndGet() == 1) {
                    System.err.println("The gate said no, or nothing: " + all4.cause());
                }
                done.release();
            }));
        }
        done.acquire(all);
    }

    private Future<Void> askAll(Newcomers.Newcomer one) {
        String user = "username=JWT&vhost=%2F&client_id=" + one.clientId();
        return ask("/user", user + "&password=" + one.token())
                .compose(yes -> ask("/vhost", user + "&ip=127.0.0.1&tags="))
                .compose(yes -> ask("/resource", user + "&resource=queue&permission=configure&tags=&name="
                        + "mqtt-subscription-" + one.clientId() + "qos1"))
                .compose(yes -> ask("/topic", "username=JWT&vhost=%2F&resource=topic&name=amq.topic&permission=read&tags="
                        + "&variable_map.client_id=" + one.clientId() + "&routing_key="
                        + URLEncoder.encode("apps." + Population.APP + ".users." + one.user() + ".#", StandardCharsets.UTF_8)));
    }

    private Future<Void> ask(String path, String form) {
        long asked = System.nanoTime();
        return http.request(HttpMethod.POST, port, "127.0.0.1", path)
                .compose(request -> request.putHeader("Content-Type", "application/x-www-form-urlencoded").send(form))
                .compose(answer -> answer.body())
                .compose(body -> {
                    questions.recordValue((System.nanoTime() - asked) / 1_000);
                    return body.toString().equals("allow") ? Future.succeededFuture()
                            : Future.failedFuture(path + " " + body);
                });
    }

    @Override
    public void close() {
        vertx.close();
    }
}
