package chat21.observer.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import chat21.observer.out.webhook.Endpoint;
import chat21.observer.out.webhook.Receiver;
import chat21.observer.out.webhook.Receiver.Answer;
import chat21.observer.out.webhook.Receiver.Post;
import chat21.observer.out.webhook.WebhookObserver;
import chat21.observer.testing.TestBroker;

class WebhooksCommandIT {

    private final Receiver receiver = Receiver.start().answering(Answer.status(500));
    private final WebhookObserver observer = new WebhookObserver(TestBroker.shared(), receiver.url("/in"))
            .set("chat21.webhooks.events", "message-sent").set("chat21.webhooks.tries", "2");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        observer.close();
        receiver.close();
    }

    @Test
    void whatWasGivenUpIsListedAndSentAgain() {
        observer.start();
        observer.send("alice", "one");
        observer.send("alice", "two");
        awaitDeadLetters(2);

        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("message-sent", receiver.url("/in"), "tries: 2", "status 500", "2 shown.");
        awaitDeadLetters(2);

        receiver.answering(Answer.status(200));
        int before = receiver.posts().size();
        assertThat(run("replay", "--endpoint", receiver.url("/"), "--limit", "1")).isZero();
        assertThat(run("replay", "--endpoint", "elsewhere")).isZero();
        assertThat(out.toString()).contains("1 sent again.", "0 sent again.");
        awaitDeadLetters(1);
        await().until(() -> receiver.posts().size() == before + 1);
        Post again = receiver.posts().get(before);
        assertThat(again.header("X-Chat21-Try")).isEqualTo("1");
        // Which of the two was given up first, nobody promises.
        assertThat(receiver.posts().stream().limit(before).map(Post::eventId)).contains(again.eventId());

        assertThat(run("drop", "--limit", "5")).isZero();
        assertThat(out.toString()).contains("1 dropped.");
        assertThat(observer.ready(observer.deadLetters())).isZero();
    }

    @Test
    void whatHasNoQueueToGoToStaysWhereItIs() throws Exception {
        observer.start();
        observer.send("alice", "one");
        awaitDeadLetters(1);
        observer.stop();
        observer.connection().createChannel().queueDelete(Endpoint.of(receiver.url("/in"), observer.name).queue());

        assertThat(run("replay")).isEqualTo(1);

        assertThat(err.toString()).contains("stays: the queue of " + receiver.url("/in") + " is no more.");
        awaitDeadLetters(1);
    }

    @Test
    void aBrokerThatIsNotThereIsOneSentence() {
        int code = run(Map.of("RABBITMQ_URI", "amqp://me:secret@127.0.0.1:1"), "list");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1:1").doesNotContain("secret").hasLineCount(1);
    }

    private void awaitDeadLetters(int count) {
        await().until(() -> observer.ready(observer.deadLetters()) == count);
    }

    private int run(String... arguments) {
        return run(Map.of("RABBITMQ_URI", observer.broker().amqpUri(), "QUEUE_WEBHOOKS", observer.name), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        return new CommandLine(new WebhooksCommand(environment)).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
