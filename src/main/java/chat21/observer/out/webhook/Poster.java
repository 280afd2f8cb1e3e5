package chat21.observer.out.webhook;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import chat21.observer.http.LimitedBody;
import chat21.observer.http.RetryAfter;
import chat21.observer.out.webhook.TryResult.Fate;
import chat21.observer.out.webhook.WebhookSettings.HttpLimits;

/**
 * Posts events. A status of 2xx counts as delivered, whatever its body; one of 4xx says for good that the event is not
 * wanted, unless it is one that passes. Redirects are not followed, and nothing takes longer than its bound.
 */
public final class Poster {

    private final HttpClient client;
    private final HttpLimits limits;
    private final RetrySchedule retries;
    private final Signature signature;
    private final Clock clock;

    /**
     * Posts by these rules, unless an endpoint has its own.
     *
     * @param signature what POSTs are signed with, or null
     */
    Poster(HttpLimits limits, RetrySchedule retries, Signature signature, Clock clock) {
        this.limits = limits;
        this.retries = retries;
        this.signature = signature;
        this.clock = clock;
        this.client = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(limits.connectMs()))
                .followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Makes one try. */
    public TryResult post(WebhookTry attempt) throws InterruptedException {
        CompletableFuture<ResponseInfo> head = new CompletableFuture<>();
        String error = send(attempt, head);
        ResponseInfo answer = head.getNow(null);
        if (answer == null) {
            return failed(attempt, error, 0);
        }
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new TryResult(attempt, Fate.DELIVERED, null);
        }
        if (status / 100 == 4 && !RetryAfter.mayPass(status)) {
            return new TryResult(attempt, Fate.REFUSED, "status " + status);
        }
        return failed(attempt, "status " + status + (status / 100 == 3 ? "; redirects are not followed" : ""),
                RetryAfter.ms(answer.headers(), clock));
    }

    private TryResult failed(WebhookTry attempt, String error, long retryAfterMs) {
        boolean last = attempt.endpoint().options().retries(retries).isLast(attempt.number());
        return new TryResult(attempt, last ? Fate.DEAD_LETTERED : Fate.RETRIED, error, retryAfterMs);
    }

    private HttpRequest request(WebhookTry attempt) throws UnknownHostException {
        String timestamp = String.valueOf(clock.millis());
        HttpRequest.Builder request = attempt.endpoint().web().request()
                .header("Content-Type", "application/json")
                .header("X-Chat21-Event-Id", attempt.eventId())
                .header("X-Chat21-Timestamp", timestamp)
                .header("X-Chat21-Try", String.valueOf(attempt.number()))
                .POST(BodyPublishers.ofByteArray(attempt.body()));
        Signature its = attempt.endpoint().options().signature(signature);
        if (its != null) {
            request.header("X-Chat21-Signature", its.of(timestamp, attempt.body()));
        }
        return request.build();
    }

    // The client's own timeout ends with the headers of the response; this one covers all of it. Its body is read, within
    // bounds, only so that the connection can be used again.
    private String send(WebhookTry attempt, CompletableFuture<ResponseInfo> head) throws InterruptedException {
        HttpRequest request;
        try {
            request = request(attempt);
        } catch (UnknownHostException e) {
            return describe(e);
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> {
            head.complete(info);
            return LimitedBody.unwanted(limits.maxResponseBytes());
        });
        long totalMs = attempt.endpoint().options().timeoutMs(limits.totalMs());
        try {
            answer.get(totalMs, TimeUnit.MILLISECONDS);
            return null;
        } catch (TimeoutException e) {
            return "no answer within " + totalMs + " ms";
        } catch (ExecutionException e) {
            return describe(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    // The outermost says what went wrong, such as ConnectException; often only the innermost says why.
    private static String describe(Throwable thrown) {
        Throwable last = thrown;
        // What is beneath a failure to connect says less than it.
        while (last.getCause() != null && !(last instanceof ConnectException)) {
            last = last.getCause();
        }
        String why = last.getMessage() != null ? last.getMessage().lines().findFirst().orElse("")
                : last == thrown ? "" : last.getClass().getSimpleName();
        return thrown.getClass().getSimpleName() + (why.isEmpty() ? "" : ": " + why);
    }
}
