package chat21.observer.tools.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

class ImportedHistoryIT {

    private static final String DOCUMENT = "{\"_id\":{\"$oid\":\"5f5e1000\"},\"timelineOf\":\"bob\",\"conversWith\":\"alice\","
            + "\"message_id\":\"m1\",\"sender\":\"alice\",\"recipient\":\"bob\",\"text\":\"from before\",\"type\":\"text\","
            + "\"channel_type\":\"direct\",\"app_id\":\"imported\",\"timestamp\":{\"$numberDouble\":\"1600000000000.0\"},"
            + "\"attributes\":{\"projectId\":\"p1\"},\"status\":{\"$numberInt\":\"150\"}";

    private final StringWriter out = new StringWriter();
    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared());

    @Test
    void whatWasImportedIntoH2IsReadOverRestAndTheConversationGoesOn() throws Exception {
        assertThat(importInto(settings.database())).isZero();

        try (TestObserver observer = settings.startHere()) {
            readAndSendOn(observer);
        }
    }

    @Test
    void anImportIntoPostgresRunsBesideTheObserver() throws Exception {
        settings.database(TestPostgres.shared().newDatabase());
        try (TestObserver observer = settings.startHere()) {
            assertThat(importInto(settings.database())).isZero();

            readAndSendOn(observer);
        }
    }

    @Test
    void aFileThatTheObserverHasOpenIsSaidToBeInUse() throws Exception {
        try (ObserverProcess observer = settings.startProcess()) {
            observer.awaitReady();

            assertThat(importInto(settings.database())).isEqualTo(1);

            assertThat(out.toString()).contains("is in use: stop the observer first").hasLineCount(1);
        }
    }

    private void readAndSendOn(TestObserver observer) throws Exception {
        JsonNode message = get("/bob/conversations/alice/messages").path("result").path(0);
        assertThat(message.path("text").asText()).isEqualTo("from before");
        assertThat(message.path("timestamp").asText()).isEqualTo("1600000000000");
        assertThat(message.path("status").asInt()).isEqualTo(150);
        JsonNode conversation = get("/bob/conversations").path("result").path(0);
        assertThat(conversation.path("last_message_text").asText()).isEqualTo("from before");
        assertThat(conversation.path("is_new").asBoolean()).isTrue();
        assertThat(conversation.path("unread").asInt()).isEqualTo(1);

        observer.amqp().publish("apps.imported.outgoing.users.alice.messages.bob.outgoing", "{\"text\":\"and now\"}");

        await().untilAsserted(() -> {
            JsonNode changed = get("/bob/conversations").path("result").path(0);
            assertThat(changed.path("last_message_text").asText()).isEqualTo("and now");
            assertThat(changed.path("unread").asInt()).isEqualTo(2);
        });
        assertThat(get("/bob/conversations/alice/messages").path("result")).hasSize(2);
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + settings.restPort() + "/api/imported" + path))
                .header("Authorization", new TokenSigner(TestBroker.JWT_KEY).user("imported", "bob")).build();
        String body = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
        return new ObjectMapper().readTree(body);
    }

    private int importInto(TestDatabase database) throws Exception {
        Path folder = settings.folder();
        Files.writeString(folder.resolve("messages.json"), DOCUMENT + "}\n");
        Files.writeString(folder.resolve("conversations.json"), DOCUMENT
                + ",\"key\":\"alice\",\"is_new\":true,\"archived\":false,\"last_message_text\":\"from before\"}\n");
        ImportCommand command = new ImportCommand(Path.of("application.properties").toAbsolutePath(),
                Map.of("chat21.database.url", database.url(), "chat21.database.user", database.user(),
                        "chat21.database.password", database.password()), folder);
        PrintWriter writer = new PrintWriter(out, true);
        return new CommandLine(command).setOut(writer).setErr(writer)
                .execute("--messages", "messages.json", "--conversations", "conversations.json");
    }
}
