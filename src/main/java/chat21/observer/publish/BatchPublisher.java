package chat21.observer.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import chat21.observer.inbox.InboxCopy;
import chat21.observer.receive.Batch;
import chat21.observer.receive.Delivery;
import chat21.observer.refuse.DeadLetters;
import chat21.observer.refuse.Refusal;

/** Publishes what a batch decided: copies into inboxes, refused messages to the dead letters. */
public final class BatchPublisher {

    private final String exchange;
    private final DeadLetters deadLetters;
    private final ConfirmedPublisher publisher;

    /** @param exchange the exchange that the inboxes are bound to */
    public BatchPublisher(String exchange, DeadLetters deadLetters, ConfirmedPublisher publisher) {
        this.exchange = exchange;
        this.deadLetters = deadLetters;
        this.publisher = publisher;
    }

    /** Hands everything to the broker, in the order of the deliveries. */
    public Batch publish(Batch batch) throws IOException {
        List<Publication> publications = new ArrayList<>(batch.deliveries().size() * 2);
        for (Delivery delivery : batch.deliveries()) {
            Refusal refusal = delivery.outcome().refusal();
            if (refusal != null && refusal.leavesLetter()) {
                publications.add(deadLetters.letter(delivery));
            }
            for (InboxCopy copy : delivery.outcome().copies()) {
                publications.add(Publication.json(exchange, copy.routingKey(), copy.body()));
            }
            publications.addAll(delivery.outcome().publications());
        }
        // People first: what other systems are told must not hold up the inboxes.
        batch.deliveries().forEach(delivery -> publications.addAll(delivery.outcome().announcements()));
        batch.published(publisher.publish(publications));
        return batch;
    }

    /** Returns when the broker has confirmed all of it. */
    public Batch awaitConfirms(Batch batch) throws IOException, InterruptedException {
        batch.confirmation().await();
        return batch;
    }
}
