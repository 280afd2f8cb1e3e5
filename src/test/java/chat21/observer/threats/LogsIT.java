package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.DeadLetter;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** What an observer writes down about what goes wrong. */
class LogsIT {

    private static final String SECRET = "s3cr3t-text";
    private static final String PASSWORD = "s3cr3t-password";

    private static final String THROWS = """
            - route:
                id: %s
                description: Fails, and quotes what it failed on.
                from:
                  uri: policy:%s
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: "cannot take ${body[text]}"
            """;

    @Test
    void whatAPolicyThrowsIsNamedInTheLogByItsClassAlone() throws Exception {
        ObserverSettings settings = ObserverSettings.at(TestBroker.shared());
        Path routes = settings.ownRoutes();
        // One fails beside the flow, after delivery; the other in it, which refuses the message.
        Files.writeString(routes.resolve("fails-after.yaml"), THROWS.formatted("fails-after", "delivered"));
        Files.writeString(routes.resolve("fails-in-copy.yaml"), THROWS.formatted("fails-in-copy", "copy"));
        try (ObserverProcess observer = settings.startProcess().awaitReady();
                ChatClient mallory = ChatClient.connect(settings.broker(), "mallory");
                AmqpClient amqp = AmqpClient.at(settings.broker())) {
            mallory.send("ben", "{\"text\":\"" + SECRET + "\"}");
            DeadLetter letter = DeadLetter.of(amqp.awaitNext(settings.deadLettersQueue()));
            assertThat(letter.header("x-detail")).contains("fails-in-copy", "cannot take " + SECRET);
            Files.delete(routes.resolve("fails-in-copy.yaml"));
            await().until(() -> observer.output().contains("fails-in-copy.yaml is gone"));
            mallory.send("ben", "{\"text\":\"" + SECRET + "\"}");
            await().until(() -> observer.management()
                    .metric("chat21_policy_calls_total{outcome=\"failed\",policy=\"fails-after\"") == 1);
            observer.terminate();

            assertThat(observer.output() + observer.errors()).doesNotContain(SECRET)
                    .containsPattern("The policy fails-in-copy failed: step .*: java.lang.IllegalStateException")
                    .containsPattern("The policy fails-after failed: step .*: java.lang.IllegalStateException");
            settings.removeQueues(amqp);
        }
    }

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
            try (AmqpClient amqp = AmqpClient.at(settings.broker())) {
                settings.removeQueues(amqp);
            }
        }
    }
}
