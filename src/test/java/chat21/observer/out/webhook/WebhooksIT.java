package chat21.observer.out.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import chat21.observer.out.webhook.Receiver.Answer;
import chat21.observer.out.webhook.Receiver.Post;
import chat21.observer.testing.TestBroker;

class WebhooksIT {

    private final Receiver receiver = Receiver.start();
    private final Receiver other = Receiver.start();

    @AfterEach
    void end() {
        receiver.close();
        other.close();
    }

    @Test
    void aMessageIsToldOnceAsSentAndOnceAsDelivered() {
        try (WebhookObserver observer = observer(receiver.url("/hook?token=a%20b&x=1"))
                .set("chat21.webhooks.secret", "s3cret").start()) {
            observer.send("alice", "hello");

            await().until(() -> receiver.posts().size() == 2);
            Post sent = postOf("message-sent");
            assertThat(sent.pathAndQuery()).isEqualTo("/hook?token=a%20b&x=1");
            assertThat(sent.header("Content-Type")).isEqualTo("application/json");
            assertThat(sent.header("X-Chat21-Try")).isEqualTo("1");
            assertThat(sent.header("X-Chat21-Signature"))
                    .isEqualTo(new Signature("s3cret").of(sent.header("X-Chat21-Timestamp"), sent.body()));
            assertThat(sent.json().at("/data/status").asInt()).isEqualTo(100);
            assertThat(sent.json().at("/delivered_to").asText()).isEqualTo("alice");
            Post delivered = postOf("message-delivered");
            assertThat(delivered.json().at("/data/text").asText()).isEqualTo("hello");
            assertThat(delivered.json().at("/delivered_to").asText()).isEqualTo("bob");
            assertThat(delivered.json().at("/extras/topic").asText())
                    .isEqualTo("apps.tilechat.users.bob.messages.alice.clientadded");
            assertThat(delivered.eventId()).isNotEqualTo(sent.eventId());
        }
    }

    @Test
    @Tag("broker")
    void aFailingEndpointIsTriedAgainWithTheSameIdUntilItRecovers() {
        receiver.answering(Answer.status(500));
        try (WebhookObserver observer = sentOnly(receiver.url("/")).start()) {
            observer.send("alice", "hello");
            await().until(() -> receiver.posts().size() == 3);
            receiver.answering(Answer.status(204));

            await().until(() -> receiver.posts().size() == 4);
            assertThat(receiver.posts()).extracting(post -> post.header("X-Chat21-Try"))
                    .containsExactly("1", "2", "3", "4");
            assertThat(receiver.posts()).extracting(Post::eventId).containsOnly(receiver.posts().get(0).eventId());
            assertThat(receiver.posts()).extracting(post -> new String(post.body()))
                    .containsOnly(new String(receiver.posts().get(0).body()));
            assertThat(observer.ready(observer.deadLetters())).isZero();
        }
    }

    @Test
    @Tag("broker")
    void whatFailsEachTimeEndsAmongTheDeadLettersWithItsReason() throws Exception {
        receiver.answering(Answer.status(503));
        try (WebhookObserver observer = sentOnly(receiver.url("/?token=secret")).set("chat21.webhooks.tries", "3")
                .start()) {
            observer.send("alice", "hello");

            GetResponse letter = deadLetter(observer);
            assertThat(receiver.posts()).hasSize(3);
            assertThat(letter.getProps().getMessageId()).isEqualTo(receiver.posts().get(0).eventId());
            assertThat(letter.getBody()).isEqualTo(receiver.posts().get(0).body());
            assertThat(letter.getProps().getHeaders()).hasEntrySatisfying("x-last-error", is("status 503"))
                    .hasEntrySatisfying("x-endpoint", is(receiver.url("/"))).containsEntry("x-tries", 3)
                    .containsKey("x-given-up-at");
        }
    }

    @Test
    void anEndpointHasItsOwnTriesSecretAndEvents() throws Exception {
        receiver.answering(Answer.status(503));
        try (WebhookObserver observer = observer(receiver.url("/own") + "#tries=2&first-delay-ms=20&secret=mine&events=message-sent,"
                + other.url("/all")).set("chat21.webhooks.secret", "ours").start()) {
            observer.send("alice", "hello");

            assertThat(deadLetter(observer).getProps().getHeaders()).containsEntry("x-tries", 2);
            await().until(() -> other.posts().size() == 2);
            assertThat(receiver.posts()).hasSize(2).allSatisfy(post -> {
                assertThat(post.pathAndQuery()).isEqualTo("/own");
                assertThat(post.json().at("/event_type").asText()).isEqualTo("message-sent");
                assertThat(post.header("X-Chat21-Signature"))
                        .isEqualTo(new Signature("mine").of(post.header("X-Chat21-Timestamp"), post.body()));
            });
            assertThat(other.posts()).allSatisfy(post -> assertThat(post.header("X-Chat21-Signature"))
                    .isEqualTo(new Signature("ours").of(post.header("X-Chat21-Timestamp"), post.body())));
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        receiver.answering(Answer.redirect(other.url("/")));
        try (WebhookObserver observer = sentOnly(receiver.url("/")).set("chat21.webhooks.tries", "2").start()) {
            observer.send("alice", "hello");

            assertThat(deadLetter(observer).getProps().getHeaders())
                    .hasEntrySatisfying("x-last-error", is("status 307; redirects are not followed"));
            assertThat(receiver.posts()).hasSize(2);
            assertThat(other.posts()).isEmpty();
        }
    }

    @Test
    void aReceiverThatRefusesMostEventsBesideADeadOneGetsEachOnceAndAsSoonAsAnyOther() {
        Receiver dead = Receiver.start();
        dead.close();
        receiver.answering(Answer.choosing(post -> post.json().at("/data/text").asText().startsWith("support") ? 200 : 400));
        try (WebhookObserver observer = sentOnly(dead.url("/") + "," + receiver.url("/") + "," + other.url("/"))
                .set("chat21.webhooks.down-pause-ms", "500").start()) {
            long begun = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                observer.send("alice", (i % 20 == 19 ? "support " : "direct ") + i);
            }
            await().until(() -> other.posts().size() == 200);
            long toOther = System.nanoTime() - begun;
            await().until(() -> receiver.posts().size() >= 200);
            long toChoosy = System.nanoTime() - begun;

            assertThat(toChoosy).isLessThan(5 * toOther);
            assertThat(receiver.posts()).extracting(post -> post.header("X-Chat21-Try")).containsOnly("1");
            assertThat(receiver.posts()).extracting(Post::eventId).doesNotHaveDuplicates();
            assertThat(observer.ready(Endpoint.of(receiver.url("/"), observer.name).retryQueue(50))).isZero();
        }
    }

    @Test
    void refusedEventsAreKeptIfASettingSaysSo() throws Exception {
        receiver.answering(Answer.status(400));
        try (WebhookObserver observer = sentOnly(receiver.url("/")).set("chat21.webhooks.keep-refused", "true").start()) {
            observer.send("alice", "hello");

            assertThat(deadLetter(observer).getProps().getHeaders())
                    .hasEntrySatisfying("x-last-error", is("status 400")).containsEntry("x-tries", 1);
            assertThat(receiver.posts()).hasSize(1);
        }
    }

    @Test
    void anEndpointThatHangsHoldsBackNoOtherAndNoChat() throws Exception {
        receiver.answering(Answer.hang());
        try (WebhookObserver observer = sentOnly(receiver.url("/") + " , " + other.url("/"))
                .set("chat21.webhooks.timeout-ms", "60000").start()) {
            for (int i = 0; i < 100; i++) {
                observer.send("alice", "hello " + i);
            }

            await().until(() -> other.posts().size() == 100);
            assertThat(receiver.posts()).hasSizeLessThanOrEqualTo(4);
            receiver.close();
        }
    }

    @Test
    void anEndpointThatHangsIsGivenUpInTime() throws Exception {
        receiver.answering(Answer.hang());
        try (WebhookObserver observer = sentOnly(receiver.url("/")).set("chat21.webhooks.tries", "2")
                .set("chat21.webhooks.timeout-ms", "200").start()) {
            observer.send("alice", "hello");

            assertThat(deadLetter(observer).getProps().getHeaders())
                    .hasEntrySatisfying("x-last-error", is("no answer within 200 ms"));
        }
    }

    @Test
    void aRestartBetweenTriesLosesNothing() {
        receiver.answering(Answer.status(500));
        try (WebhookObserver observer = sentOnly(receiver.url("/")).set("chat21.webhooks.first-delay-ms", "500")
                .start()) {
            for (int i = 0; i < 20; i++) {
                observer.send("alice", "hello " + i);
            }
            await().until(() -> receiver.posts().size() >= 20);
            observer.stop();
            receiver.answering(Answer.status(200));
            int before = receiver.posts().size();
            observer.start();

            await().untilAsserted(() -> assertThat(receiver.posts().stream()
                    .skip(before).map(Post::eventId).distinct()).hasSize(20));
        }
    }

    @Test
    void aBrokerThatIsKilledBetweenTriesLosesNothing() {
        receiver.answering(Answer.status(500));
        try (WebhookObserver observer = sentOnly(receiver.url("/")).set("chat21.webhooks.first-delay-ms", "2000").start()) {
            for (int i = 0; i < 20; i++) {
                observer.send("alice", "hello " + i);
            }
            Endpoint endpoint = Endpoint.of(receiver.url("/"), observer.name);
            await().until(() -> receiver.posts().size() >= 20);
            await().until(() -> observer.ready(endpoint.retryQueue(2_000)) > 0);
            observer.broker().kill();
            receiver.answering(Answer.status(200));
            int before = receiver.posts().size();
            observer.broker().restart();

            await().untilAsserted(() -> assertThat(receiver.posts().stream()
                    .skip(before).map(Post::eventId).distinct()).hasSize(20));
        }
    }

    @Test
    void eventsWaitForTheirConsumerWhileItIsSwitchedOff() {
        try (WebhookObserver observer = sentOnly(receiver.url("/")).set("chat21.webhooks.deliver", "false").start()) {
            observer.send("alice", "hello");
            String queue = Endpoint.of(receiver.url("/"), observer.name).queue();
            await().until(() -> observer.ready(queue) == 1);
            assertThat(receiver.posts()).isEmpty();
            observer.stop();

            observer.set("chat21.webhooks.deliver", "true").set("chat21.active-queues", "webhooks").start();

            await().until(() -> receiver.posts().size() == 1);
        }
    }

    private Post postOf(String type) {
        return receiver.posts().stream().filter(p -> p.json().path("event_type").asText().equals(type)).findFirst()
                .orElseThrow();
    }

    private static GetResponse deadLetter(WebhookObserver observer) throws Exception {
        try (Channel channel = observer.connection().createChannel()) {
            return await().until(() -> channel.basicGet(observer.deadLetters(), true), got -> got != null);
        }
    }

    private static java.util.function.Consumer<Object> is(String text) {
        return value -> assertThat(String.valueOf(value)).isEqualTo(text);
    }

    private static WebhookObserver sentOnly(String endpoints) {
        return observer(endpoints).set("chat21.webhooks.events", "message-sent");
    }

    private static WebhookObserver observer(String endpoints) {
        return new WebhookObserver(TestBroker.shared(), endpoints);
    }
}
