package chat21.observer.api.auth;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;

import chat21.observer.http.BoundedCall;
import chat21.observer.http.LimitedBody;
import chat21.observer.settings.address.WebAddress;

/** Where the public keys of RS256 tokens come from: a URL that is asked again when keys change, or a file. */
public final class PublishedKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 200_000;

    private PublishedKeys() {
    }

    /**
     * The keys of these settings, or null where there are none. A URL is first asked when the first token comes.
     *
     * @throws IllegalArgumentException if the file cannot be read or the URL has no meaning
     */
    public static JWKSource<SecurityContext> of(AuthSettings settings) {
        if (!settings.hasJwks()) {
            return null;
        }
        String place = settings.jwks();
        try {
            if (place.startsWith("http://") || place.startsWith("https://")) {
                WebAddress web = WebAddress.of(place);
                HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL).build();
                return JWKSourceBuilder.<SecurityContext>create(URI.create(web.url()).toURL(), url -> download(client, web))
                        .build();
            }
            return new ImmutableJWKSet<>(JWKSet.load(new File(place)));
        } catch (MalformedURLException | ParseException e) {
            throw new IllegalArgumentException("it is no URL or file of keys: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
        }
    }

    // The library's own way bounds each wait for the next byte, but not all of them together.
    private static Resource download(HttpClient client, WebAddress place) throws IOException {
        try {
            HttpResponse<byte[]> answer = BoundedCall.send(client, place.request().build(), LimitedBody.of(MAX_BYTES),
                    TIMEOUT);
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            return new Resource(new String(answer.body(), StandardCharsets.UTF_8),
                    answer.headers().firstValue("Content-Type").orElse(null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
