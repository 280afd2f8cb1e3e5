package chat21.observer;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.engine.batch.Batch;
import chat21.observer.message.Delivery;
import chat21.observer.ops.routefiles.FlowCopy;
import chat21.observer.ops.routefiles.RouteFilesWiring;
import chat21.observer.ops.routefiles.RouteFolder;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.settings.Settings;

/**
 * Sends messages of nobody through a copy of the flow before the first real one comes, since what a JVM has not yet loaded
 * and compiled takes many times as long. Nothing of it can be seen: each transaction is rolled back, what is published goes
 * where no queue is, and what is counted is thrown away.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    // How much longer than it should the last batch may take, if the database or broker goes away just now.
    private static final long PATIENCE_MS = 3_000;
    private static final int MEMBERS = 10;
    private static final int ENOUGH = 100;
    // Batches of one message, and of several up to this.
    private static final int MOST = 8;

    private final CamelContext application;
    private final Parts parts;
    private final Database database;
    private final long lastingMs;
    private final String app = "warm-up-" + UUID.randomUUID();
    private final Channel channel = channelOfNobody();
    private final Thread thread = new Thread(this::warmUp, "chat21-warm-up");
    private volatile boolean over;
    private long tag;

    /** @param lastingMs how long it takes in ms; 0 for none */
    WarmUp(CamelContext application, Parts parts, Database database, long lastingMs) {
        this.application = application;
        this.parts = parts;
        this.database = database;
        this.lastingMs = lastingMs;
        thread.setDaemon(true);
    }

    /** Returns when it is over. */
    void run() {
        if (lastingMs == 0) {
            return;
        }
        thread.start();
        try {
            thread.join(lastingMs + PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
    }

    private void warmUp() {
        try (BrokerWiring silent = parts.broker().silent();
                DefaultCamelContext copy = FlowCopy.context(application)) {
            FlowWiring flow = new FlowWiring(copy, Clock.systemUTC(), parts.payloads(), new FlowWiring.Outside(silent,
                    database, new RolledBack(database), WebhookEvents.none(), Analytics.none(), new SimpleMeterRegistry()));
            flow.components().forEach((name, component) -> copy.addComponent(name, component.get()));
            if (!FlowCopy.load(copy, new RouteFolder(Path.of(new Settings(copy).required(RouteFilesWiring.FOLDER))),
                    Set.of("commit-batch", "acknowledge-batch"))) {
                LOG.info("The flow is not warmed up, since its files have steps that may act outside of it");
                return;
            }
            copy.start();
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lastingMs);
            int batches = 0;
            Exception failure = null;
            while (failure == null && batches < ENOUGH && System.nanoTime() < deadline && !over) {
                Batch batch = new Batch(Stream.generate(() -> next(silent.topology().messagesQueue()))
                        .limit(1 + batches % MOST).toList());
                failure = flow.gate().commit(batch);
                failure = failure == null ? flow.gate().acknowledge(batch) : failure;
                batches++;
            }
            LOG.info("Warmed up with {} batches", batches);
            LOG.debug("It ended with", failure);
        } catch (Exception | Error e) {
            // Then the first messages take longer.
            LOG.debug("The flow could not be warmed up", e);
        }
    }

    private Delivery next(String queue) {
        tag++;
        boolean toGroup = tag % 5 == 0;
        String recipient = toGroup ? "group-" + tag : "to" + tag % 50;
        StringBuilder json = new StringBuilder("{\"text\":\"warm up ").append(tag)
                .append("\",\"type\":\"text\",\"sender_fullname\":\"Nobody\",\"recipient_fullname\":\"Nobody\"")
                .append(",\"channel_type\":\"").append(toGroup ? "group" : "direct").append('"');
        if (toGroup) {
            json.append(",\"group\":{\"members\":{\"from\":1");
            for (int i = 1; i < MEMBERS; i++) {
                json.append(",\"to").append(i).append("\":1");
            }
            json.append("}}");
        }
        String key = "apps." + app + ".outgoing.users.from.messages." + recipient + ".outgoing";
        return new Delivery(queue, key, json.append('}').toString().getBytes(StandardCharsets.UTF_8), false, channel, tag,
                System.currentTimeMillis(), UUID.randomUUID());
    }

    // One that is open and takes every acknowledgement.
    private static Channel channelOfNobody() {
        return (Channel) Proxy.newProxyInstance(Channel.class.getClassLoader(), new Class<?>[] {Channel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isOpen" -> true;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "channel of nobody";
                    default -> null;
                });
    }

    /** Does everything in the database and leaves nothing there. */
    private record RolledBack(Database database) implements DurableTransactions {

        @Override
        public void run(Database.Work work) throws SQLException {
            try {
                database.inTransaction(connection -> {
                    work.run(connection);
                    throw new Enough();
                });
            } catch (Enough e) {
                LOG.trace("rolled back", e);
            }
        }

        @Override
        public void close() {
            // Nothing is left.
        }
    }

    private static final class Enough extends RuntimeException {
        Enough() {
            super(null, null, false, false);
        }
    }
}
