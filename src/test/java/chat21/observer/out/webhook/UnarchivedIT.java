package chat21.observer.out.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.out.webhook.Receiver.Post;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestPostgres;

class UnarchivedIT {

    private final Receiver receiver = Receiver.start();

    @AfterEach
    void end() {
        receiver.close();
    }

    @Test
    void aMessageThatBringsAConversationBackIsToldOfOnce() {
        bringsBack(observer());
    }

    @Test
    void theSameOnPostgres() {
        bringsBack(observer().database(TestPostgres.shared().newDatabase()));
    }

    private void bringsBack(WebhookObserver prepared) {
        try (WebhookObserver observer = prepared.start()) {
            observer.send("alice", "one");
            observer.publish("apps.tilechat.users.bob.conversations.alice.archive", "{}");
            await().until(() -> posts("conversation-archived").size() == 1);
            assertThat(posts("conversation-unarchived")).isEmpty();

            observer.send("alice", "two");
            observer.send("alice", "three");
            observer.publish("apps.tilechat.users.bob.conversations.alice.archive", "{}");

            await().until(() -> posts("conversation-archived").size() == 2);
            await().until(() -> !posts("conversation-unarchived").isEmpty());
            assertThat(posts("conversation-unarchived")).singleElement().satisfies(post -> {
                assertThat(post.json().path("app_id").asText()).isEqualTo("tilechat");
                assertThat(post.json().path("user_id").asText()).isEqualTo("bob");
                assertThat(post.json().path("convers_with").asText()).isEqualTo("alice");
                assertThat(post.json().at("/data/archived").isBoolean()).isTrue();
                assertThat(post.json().at("/data/archived").asBoolean()).isFalse();
                assertThat(post.json().at("/data/last_message_text").asText()).isIn("two", "three");
                assertThat(post.json().at("/extras/topic").asText())
                        .isEqualTo("apps.tilechat.users.bob.messages.alice.clientadded");
            });
        }
    }

    @Test
    void aReadyMessageBringsAConversationBackToo() {
        try (WebhookObserver observer = observer().start()) {
            observer.send("alice", "one");
            observer.publish("apps.tilechat.users.bob.conversations.alice.archive", "{}");
            await().until(() -> posts("conversation-archived").size() == 1);

            observer.publish("apps.observer.tilechat.users.bob.messages.alice.delivered", "{\"message_id\":\"ready-1\","
                    + "\"sender\":\"alice\",\"recipient\":\"bob\",\"text\":\"ready\",\"type\":\"text\","
                    + "\"channel_type\":\"direct\",\"app_id\":\"tilechat\",\"timestamp\":" + System.currentTimeMillis() + "}");

            await().until(() -> posts("conversation-unarchived").size() == 1);
            assertThat(posts("conversation-unarchived").get(0).json().at("/data/last_message_text").asText())
                    .isEqualTo("ready");
        }
    }

    private WebhookObserver observer() {
        return new WebhookObserver(TestBroker.shared(), receiver.url("/"))
                .set("chat21.webhooks.events", "conversation-archived,conversation-unarchived");
    }

    private List<Post> posts(String type) {
        return receiver.posts().stream().filter(p -> p.json().path("event_type").asText().equals(type)).toList();
    }
}
