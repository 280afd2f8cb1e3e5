package chat21.observer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.api.auth.AuthSettings;
import chat21.observer.api.auth.PublishedKeys;
import chat21.observer.api.contact.Contacts;

/** A server that is not ours and answers without end is left, by everybody who asks one. */
class EndlessAnswersTest {

    private final Trickle server = new Trickle();

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aCallEndsAfterItsTimeHoweverTheAnswerTrickles() {
        assertThatThrownBy(() -> BoundedCall.send(HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(server.address())).build(), LimitedBody.of(100_000), Duration.ofMillis(300)))
                .isInstanceOf(IOException.class).hasMessageContaining("no complete answer within 300 ms");
        await().until(server::isLeft);
    }

    @Test
    void contactsAreLeftWithTheirConnection() {
        Contacts contacts = new Contacts(server.address(), Duration.ofMillis(300));

        assertThat(contacts.of(List.of("ada")).get("ada").fullname()).isEqualTo("ada");
        await().until(server::isLeft);
    }

    @Test
    void publishedKeysAreLeft() {
        var keys = PublishedKeys.of(settings(server.address() + "/jwks"));

        assertThatThrownBy(() -> keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null))
                .isInstanceOf(KeySourceException.class);
        await().until(server::isLeft);
    }

    private static AuthSettings settings(String jwks) {
        return new AuthSettings("key", jwks, "rabbitmq");
    }
}
