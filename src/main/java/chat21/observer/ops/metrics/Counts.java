package chat21.observer.ops.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.message.BatchItem;
import chat21.observer.message.Decision;
import chat21.observer.message.Delivery;
import chat21.observer.message.FanOut;
import chat21.observer.message.Portion;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Topic.Receipt;

/** Counts what the flow did, once a batch is done: all labels are bounded. */
public final class Counts {

    private final Counter received;
    private final Counter delivered;
    private final Counter stored;
    private final Counter duplicates;
    private final Counter receipts;
    private final OriginalCounts originals;
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    private final Timer latency;

    /** @param maxLabelValues how many values of a label that clients choose are told apart */
    public Counts(MeterRegistry meters, BatchQueue batchQueue, int maxLabelValues) {
        originals = new OriginalCounts(meters, maxLabelValues);
        received = Counter.builder("chat21_messages_received").description("Messages taken from the broker")
                .register(meters);
        delivered = Counter.builder("chat21_copies_delivered").description("Copies confirmed into inboxes")
                .register(meters);
        stored = Counter.builder("chat21_messages_stored").description("Messages stored").register(meters);
        duplicates = Counter.builder("chat21_duplicates_suppressed")
                .description("Messages that came again and were not stored again").register(meters);
        receipts = Counter.builder("chat21_receipts").description("Receipts whose senders were told").register(meters);
        for (Reason reason : Reason.values()) {
            refused.put(reason, Counter.builder("chat21_messages_refused").tag("reason", reason.label())
                    .description("Messages refused to the dead letters").register(meters));
        }
        latency = Timer.builder("chat21_delivery_latency").publishPercentileHistogram()
                .description("From receipt to the last confirmed copy").register(meters);
        Gauge.builder("chat21_pending_acknowledgements", batchQueue, BatchQueue::unfinished)
                .description("Messages taken over that are not yet acknowledged").register(meters);
        Gauge.builder("chat21_copies_held_back", batchQueue, BatchQueue::heldBack)
                .description("Copies of messages to many that wait until others had their turn").register(meters);
        Gauge.builder("chat21_bytes_taken", batchQueue, BatchQueue::bytes)
                .description("Bytes of messages that were taken over and are not done").register(meters);
        Gauge.builder("chat21_messages_waiting", batchQueue, BatchQueue::size)
                .description("Messages taken over that wait for their batch").register(meters);
    }

    /** Counts a batch that is done, and does what its deliveries wanted done then. */
    public Batch count(Batch batch) {
        long now = System.currentTimeMillis();
        for (BatchItem item : batch.items()) {
            Decision decision = item.decision();
            delivered.increment(decision.copies().size());
            if (decision.refusal() != null) {
                refused.get(decision.refusal().reason()).increment();
            } else if (item instanceof Delivery delivery) {
                countAccepted(delivery);
            }
            countIfAtEnd(item, now);
        }
        received.increment(batch.deliveries().size());
        return batch;
    }

    // What was held back of is at its end with its last portion.
    private void countIfAtEnd(BatchItem item, long now) {
        FanOut fanOut = item instanceof Portion portion ? portion.fanOut() : item.delivery().fanOut();
        if (fanOut == null || item instanceof Portion && fanOut.isServed()) {
            countEnd(item.delivery(), now);
        }
    }

    private void countAccepted(Delivery delivery) {
        if (delivery.wasDuplicate()) {
            duplicates.increment();
        } else {
            countNew(delivery);
        }
    }

    private void countEnd(Delivery delivery, long now) {
        delivery.decision().afterwards().forEach(Runnable::run);
        latency.record(Math.max(0, now - delivery.receivedAt()), TimeUnit.MILLISECONDS);
    }

    private void countNew(Delivery delivery) {
        if (delivery.decision().message() != null) {
            stored.increment();
        }
        if (delivery.topic() instanceof Receipt) {
            receipts.increment();
        }
        originals.count(delivery);
    }
}
