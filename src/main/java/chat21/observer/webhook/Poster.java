package chat21.observer.webhook;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import chat21.observer.webhook.TryResult.Fate;
import chat21.observer.webhook.WebhookSettings.HttpLimits;

/** Posts events. Only a status of 2xx counts; redirects are not followed, and nothing takes longer than its bound. */
public final class Poster {

    private final HttpClient client;
    private final HttpLimits limits;
    private final RetrySchedule retries;
    private final Signature signature;
    private final Clock clock;

    /** @param signature what POSTs are signed with, or null */
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
        String error = send(attempt);
        if (error == null) {
            return new TryResult(attempt, Fate.DELIVERED, null);
        }
        return new TryResult(attempt, retries.isLast(attempt.number()) ? Fate.DEAD_LETTERED : Fate.RETRIED, error);
    }

    private HttpRequest request(WebhookTry attempt) throws UnknownHostException {
        String timestamp = String.valueOf(clock.millis());
        HttpRequest.Builder request = attempt.endpoint().web().request()
                .header("Content-Type", "application/json")
                .header("X-Chat21-Event-Id", attempt.eventId())
                .header("X-Chat21-Timestamp", timestamp)
                .header("X-Chat21-Try", String.valueOf(attempt.number()))
                .POST(BodyPublishers.ofByteArray(attempt.body()));
        if (signature != null) {
            request.header("X-Chat21-Signature", signature.of(timestamp, attempt.body()));
        }
        return request.build();
    }

    // The client's own timeout ends with the headers of the response; this one covers all of it.
    private String send(WebhookTry attempt) throws InterruptedException {
        HttpRequest request;
        try {
            request = request(attempt);
        } catch (UnknownHostException e) {
            return describe(e);
        }
        CompletableFuture<HttpResponse<Boolean>> answer =
                client.sendAsync(request, head -> new BoundedBody(limits.maxResponseBytes()));
        try {
            return errorIn(answer.get(limits.totalMs(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return "no complete answer within " + limits.totalMs() + " ms";
        } catch (ExecutionException e) {
            return describe(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private String errorIn(HttpResponse<Boolean> response) {
        int status = response.statusCode();
        if (status / 100 == 3) {
            return "status " + status + "; redirects are not followed";
        }
        if (status / 100 != 2) {
            return "status " + status;
        }
        return response.body() ? null : "the answer passes " + limits.maxResponseBytes() + " bytes";
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
