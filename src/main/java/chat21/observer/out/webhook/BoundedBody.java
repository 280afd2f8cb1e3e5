package chat21.observer.out.webhook;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Reads a response to its end, so that its connection can be used again, but no further than a bound. */
final class BoundedBody implements BodySubscriber<Void> {

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final long maxBytes;
    private Subscription subscription;
    private long bytes;

    BoundedBody(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Completes when the response has ended or passes the bound. */
    @Override
    public CompletionStage<Void> getBody() {
        return ended;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        if (bytes > maxBytes) {
            subscription.cancel();
            ended.complete(null);
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        ended.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }
}
