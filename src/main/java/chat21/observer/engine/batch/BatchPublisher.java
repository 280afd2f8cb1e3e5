package chat21.observer.engine.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

import chat21.observer.engine.publish.ConfirmedPublisher;
import chat21.observer.engine.publish.SendAnswers;
import chat21.observer.engine.refuse.DeadLetters;
import chat21.observer.message.BatchItem;
import chat21.observer.message.Decision;
import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.Publication;

/** Publishes what a batch decided: copies into inboxes, refused messages to the dead letters. */
public final class BatchPublisher {

    private final String exchange;
    private final DeadLetters deadLetters;
    private final ConfirmedPublisher publisher;
    private final ConfirmedPublisher announcer;
    private final Function<List<Publication>, Iterator<Publication>> bundling;

    /**
     * @param exchange  the exchange that the inboxes are bound to
     * @param publisher publishes to people
     * @param announcer publishes to other systems, whose durable queues confirm late, on a channel of its own
     * @param bundling  makes fewer messages of what they are told
     */
    public BatchPublisher(String exchange, DeadLetters deadLetters, ConfirmedPublisher publisher,
            ConfirmedPublisher announcer, Function<List<Publication>, Iterator<Publication>> bundling) {
        this.exchange = exchange;
        this.deadLetters = deadLetters;
        this.publisher = publisher;
        this.announcer = announcer;
        this.bundling = bundling;
    }

    /** Hands everything to the broker, in the order of the deliveries. */
    public Batch publish(Batch batch) throws IOException {
        List<Publication> publications = new ArrayList<>(batch.items().size() * 2);
        List<Publication> announcements = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            Decision decision = item.decision();
            if (decision.refusal() != null && decision.refusal().leavesLetter()) {
                publications.add(deadLetters.letter(item));
            }
            for (InboxCopy copy : decision.copies()) {
                publications.add(Publication.json(exchange, copy.routingKey(), copy.body()));
            }
            publications.addAll(decision.publications());
            if (item instanceof Delivery delivery && delivery.waitingQueue() != null) {
                publications.add(SendAnswers.about(delivery));
            }
            announcements.addAll(decision.announcements());
        }
        // People first: what other systems are told must not hold up the inboxes.
        batch.published(publisher.publish(publications), announcer.publish(bundling.apply(announcements)));
        return batch;
    }

    /** Tries what the broker did not take once more and then no more; returns when that is done, or that time is over. */
    public void finish(long timeoutMs) throws InterruptedException {
        publisher.finish(timeoutMs);
        announcer.finish(timeoutMs);
    }

    /** Returns when the broker has confirmed all of it. */
    public Batch awaitConfirms(Batch batch) throws IOException, InterruptedException {
        batch.awaitConfirms();
        return batch;
    }
}
