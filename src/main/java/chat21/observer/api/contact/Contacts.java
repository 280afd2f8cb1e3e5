package chat21.observer.api.contact;

import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.http.LimitedBody;
import chat21.observer.message.Given;
import chat21.observer.settings.address.WebAddress;

/** Looks up how users are called, where an endpoint for it is set. It never fails and never takes long. */
public final class Contacts {

    private static final Logger LOG = LoggerFactory.getLogger(Contacts.class);
    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final int MOST_KEPT = 10_000;
    private static final int MAX_BODY_BYTES = 65_536;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebAddress endpoint;
    private final Duration timeout;
    private final HttpClient http;
    private final Cache<String, Contact> known =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST_KEPT).build();

    /**
     * @param endpoint where an id is added to, after a slash; empty if there is none
     * @param timeout  how long all look-ups of one call may take together
     */
    public Contacts(String endpoint, Duration timeout) {
        this.endpoint = endpoint.isEmpty() ? null : WebAddress.of(endpoint);
        this.timeout = timeout;
        this.http = endpoint.isEmpty() ? null : HttpClient.newBuilder().connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** How these users are called; by their ids where nobody says otherwise in time. */
    public Map<String, Contact> of(Collection<String> ids) {
        Map<String, CompletableFuture<Contact>> asked = new LinkedHashMap<>();
        ids.forEach(id -> asked.put(id, ask(id)));
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<String, Contact> found = new LinkedHashMap<>();
        asked.forEach((id, answer) -> found.put(id, await(id, answer, deadline)));
        return found;
    }

    private CompletableFuture<Contact> ask(String id) {
        Contact kept = http == null ? Contact.nameless(id) : known.getIfPresent(id);
        if (kept != null) {
            return CompletableFuture.completedFuture(kept);
        }
        try {
            CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(endpoint.beneath(id).request().timeout(timeout)
                    .header("Accept", "application/json").build(), LimitedBody.of(MAX_BODY_BYTES));
            CompletableFuture<Contact> contact = exchange.thenApply(answer -> read(id, answer));
            // An answer that never ends must not stay open after nobody waits for it.
            contact.whenComplete((found, failure) -> exchange.cancel(true));
            return contact;
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Contact await(String id, CompletableFuture<Contact> answer, long deadline) {
        Contact contact = Contact.nameless(id);
        try {
            contact = answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("A contact could not be looked up at {}: {}", endpoint, e.toString());
            answer.cancel(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A failure is kept too, so that an endpoint that hangs slows one call and not every one.
        known.put(id, contact);
        return contact;
    }

    private static Contact read(String id, HttpResponse<byte[]> answer) {
        try {
            JsonNode json = answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
            if (json == null || !json.isObject()) {
                return Contact.nameless(id);
            }
            String first = text(json, "firstname", "firstName");
            String last = text(json, "lastname", "lastName");
            String full = text(json, "fullname", "fullName");
            return Contact.of(id, full, first, last);
        } catch (IOException e) {
            return Contact.nameless(id);
        }
    }

    private static String text(JsonNode json, String name, String otherName) {
        String text = json.path(name).asText("").strip();
        if (Given.isBlank(text)) {
            text = json.path(otherName).asText("").strip();
        }
        return Given.isBlank(text) ? "" : text;
    }
}
