package chat21.observer.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads the answer of a server that is not ours, up to a number of bytes. */
public final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

    private final int maxBytes;
    private final boolean isWanted;
    private int seen;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    private LimitedBody(int maxBytes, boolean isWanted) {
        this.maxBytes = maxBytes;
        this.isWanted = isWanted;
    }

    /** How bodies of at most that many bytes are read; a longer one is an error. */
    public static HttpResponse.BodyHandler<byte[]> of(int maxBytes) {
        return info -> new LimitedBody(maxBytes, true);
    }

    /** Reads a body that nobody wants only so that its connection can be used again; a longer one is left in the midst. */
    public static HttpResponse.BodySubscriber<byte[]> unwanted(int maxBytes) {
        return new LimitedBody(maxBytes, false);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            seen += part.remaining();
            if (seen > maxBytes) {
                subscription.cancel();
                end();
                return;
            }
            if (isWanted) {
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                bytes.writeBytes(copy);
            }
        }
    }

    private void end() {
        if (isWanted) {
            body.completeExceptionally(new IOException("the answer has over " + maxBytes + " bytes"));
        } else {
            body.complete(new byte[0]);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
