package chat21.observer.auth;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;

import chat21.observer.address.WebAddress;

/** Where the public keys of RS256 tokens come from: a URL that is asked again when keys change, or a file. */
public final class PublishedKeys {

    private static final int TIMEOUT_MS = 3_000;
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
                DefaultResourceRetriever retriever = new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_BYTES);
                if (web.authorization() != null) {
                    retriever.setHeaders(Map.of("Authorization", List.of(web.authorization())));
                }
                return JWKSourceBuilder.<SecurityContext>create(URI.create(web.url()).toURL(), retriever).build();
            }
            return new ImmutableJWKSet<>(JWKSet.load(new File(place)));
        } catch (MalformedURLException | ParseException e) {
            throw new IllegalArgumentException("it is no URL or file of keys: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
        }
    }
}
