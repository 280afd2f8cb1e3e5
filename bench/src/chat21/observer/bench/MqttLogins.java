package chat21.observer.bench;

import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/** MQTT clients that log in at a broker. */
final class MqttLogins {

    private static final int AT_A_TIME = 50;
    private static final long RETRY_MS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String system;
    private final Broker broker;
    private final Newcomers newcomers;

    MqttLogins(String system, Broker broker, Newcomers newcomers) {
        this.system = system;
        this.broker = broker;
        this.newcomers = newcomers;
    }

    /** Clients that come at a steady rate, and go. */
    ConnectMeasurement steady(ConnectLoad load, Timing timing) throws InterruptedException {
        steady(load.amount(), timing.warmUp(), new ConcurrentHistogram(3), new AtomicLong());
        ConcurrentHistogram micros = new ConcurrentHistogram(3);
        AtomicLong failed = new AtomicLong();
        steady(load.amount(), timing.window(), micros, failed);
        return new ConnectMeasurement(system, load, "MQTT login", Measurement.Latency.of(micros), failed.get());
    }

    private void steady(int perSecond, Duration time, ConcurrentHistogram micros, AtomicLong failed) throws InterruptedException {
        int all = (int) (perSecond * time.toMillis() / 1_000);
        Semaphore done = new Semaphore(0);
        long start = System.nanoTime();
        for (int number = 0; number < all; number++) {
            long due = start + number * 1_000_000_000L / perSecond;
            Pause.until(due);
            Newcomers.Newcomer one = newcomers.next();
            Mqtt3AsyncClient client = client(one).buildAsync();
            login(client).whenComplete((in, failure) -> {
                micros.recordValue((System.nanoTime() - due) / 1_000);
                if (failure != null) {
                    failed.incrementAndGet();
                    done.release();
                } else {
                    client.disconnect().whenComplete((out, ignored) -> done.release());
                }
            });
        }
        done.acquire(all);
    }

    /** Clients that are in while the broker goes away, and all come back when it does, each trying again after a second. */
    ConnectMeasurement storm(ConnectLoad load) throws IOException, InterruptedException {
        ConcurrentHistogram micros = new ConcurrentHistogram(3);
        AtomicLong refused = new AtomicLong();
        AtomicLong firstBack = new AtomicLong();
        Semaphore in = new Semaphore(0);
        List<Mqtt3AsyncClient> clients = new ArrayList<>();
        Semaphore coming = new Semaphore(AT_A_TIME);
        for (int i = 0; i < load.amount(); i++) {
            coming.acquire();
            Newcomers.Newcomer one = newcomers.next();
            Mqtt3AsyncClient client = client(one, i)
                    .automaticReconnect().initialDelay(RETRY_MS, TimeUnit.MILLISECONDS).maxDelay(RETRY_MS, TimeUnit.MILLISECONDS)
                    .applyAutomaticReconnect()
                    .addConnectedListener(connected -> {
                        long now = System.nanoTime();
                        firstBack.compareAndSet(0, now);
                        micros.recordValue(Math.max(0, now - firstBack.get()) / 1_000);
                        in.release();
                    })
                    .addDisconnectedListener(gone -> countRefusal(gone, refused)).buildAsync();
            clients.add(client);
            login(client).whenComplete((yes, failure) -> coming.release());
        }
        await(in, load.amount());
        refused.set(0);
        micros.reset();
        firstBack.set(0);
        broker.restart();
        await(in, load.amount());
        Measurement.Latency latency = Measurement.Latency.of(micros);
        clients.forEach(Mqtt3AsyncClient::disconnect);
        return new ConnectMeasurement(system, load, "MQTT login", latency, refused.get());
    }

    // What cannot be reached yet is no refusal.
    private static void countRefusal(MqttClientDisconnectedContext gone, AtomicLong refused) {
        if (gone.getCause() instanceof Mqtt3ConnAckException) {
            refused.incrementAndGet();
        }
    }

    private static void await(Semaphore in, int all) throws InterruptedException {
        if (!in.tryAcquire(all, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("only %d of %d clients are in".formatted(in.availablePermits(), all));
        }
    }

    private Mqtt3ClientBuilder client(Newcomers.Newcomer one, int number) {
        return client(new Newcomers.Newcomer(one.user(), one.clientId() + "-storm-" + number, one.token()));
    }

    private Mqtt3ClientBuilder client(Newcomers.Newcomer one) {
        return Mqtt3Client.builder().serverHost("127.0.0.1").serverPort(broker.mqttPort()).identifier(one.clientId())
                .simpleAuth().username("JWT").password(one.token().getBytes(StandardCharsets.UTF_8)).applySimpleAuth();
    }

    private static CompletableFuture<?> login(Mqtt3AsyncClient client) {
        return client.connectWith().cleanSession(true).send();
    }
}
