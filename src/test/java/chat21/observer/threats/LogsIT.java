package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;
import chat21.observer.token.TokenSigner;

/** What an observer writes down about what goes wrong. */
class LogsIT {

    private static final String SECRET = "s3cr3t-text";
    private static final String PASSWORD = "s3cr3t-password";

    @Test
    void neitherTextsNorTokensNorPasswordsAreLogged() throws Exception {
        TestDatabase database = TestPostgres.shared().newDatabase();
        ObserverSettings settings = ObserverSettings.at(TestBroker.shared())
                .database(new TestDatabase(database.url(), database.user(), PASSWORD));
        String token = new TokenSigner(TestBroker.JWT_KEY).user("tilechat", "mallory");
        try (ObserverProcess observer = settings.startProcess().awaitReady();
                ChatClient mallory = ChatClient.connect(settings.broker(), "mallory")) {
            // The database quotes what breaks a rule of it.
            database.change("alter table message add constraint poison check (payload not like '%poison%')");
            mallory.send("ben", "{\"text\":\"" + SECRET + " poison\"}");
            mallory.send("ben", "{\"text\":\"" + SECRET);
            mallory.send("ben", "{\"" + SECRET + "\":1e9999999999,\"text\":5}");
            mallory.send("ben", "{\"text\":\"" + SECRET + "\"}");
            mallory.awaitMessage("ben", SECRET);
            for (String path : new String[] {"/api/tilechat/mallory/conversations?token=" + token,
                "/api/tilechat/ben/conversations?jwt=" + token, "/api/tilechat/nobody?jwt=" + token}) {
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.restPort()
                        + path)).build(), HttpResponse.BodyHandlers.ofString());
            }
            observer.terminate();

            String log = observer.output() + observer.errors();
            assertThat(log).contains("WARN").doesNotContain(SECRET, PASSWORD, token, token.split("\\.")[2], ":guest@");
        } finally {
            try (var amqp = chat21.observer.testing.AmqpClient.at(settings.broker())) {
                settings.removeQueues(amqp);
            }
        }
    }
}
