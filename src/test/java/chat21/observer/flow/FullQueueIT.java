package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;

import chat21.observer.testing.TestBroker;

/** What becomes of copies that the broker does not take, since the queue of a session is full. */
@Tag("broker")
class FullQueueIT extends Flow {

    private static final int PER_SECOND = 200;

    private String alice;
    private String bob;
    private String carol;

    FullQueueIT() {
        super(Store.H2);
    }

    @BeforeEach
    void nameUsers() {
        alice = newId("alice");
        bob = newId("bob");
        carol = newId("carol");
    }

    @Test
    void anAbsentPhoneWhoseQueueIsFullStopsAndDoublesNobodyElse() throws Exception {
        try (Channel phone = fullAt(1, "phone", bob);
                LiveCopies carols = new LiveCopies(TestBroker.shared(), app, carol);
                SteadyLoad load = new SteadyLoad(TestBroker.shared(), List.of(outgoingKey(alice, bob), outgoingKey(alice, carol)),
                        PER_SECOND)) {
            load.awaitMore(5 * PER_SECOND);
            Set<String> sent = load.stop();
            Set<String> toCarol = of(sent, number -> number % 2 == 1);
            Set<String> toBob = of(sent, number -> number % 2 == 0);

            carols.awaitAll(toCarol);
            History.await(database, app, bob, toBob).assertHasEachOnce(toBob);
            Awaitility.await().until(() -> observer.management().metric("chat21_pending_acknowledgements") == 0);
            assertThat(carols.texts()).containsExactlyElementsOf(inOrder(toCarol));
            assertThat(observer.management().metric("chat21_publications_given_up_total")).isGreaterThan(toBob.size() / 2.0);
            assertThat(observer.deadLetters()).isZero();
            assertThat(observer.management().isReady()).isTrue();
            phone.queueDelete("phone");
        }
    }

    @Test
    void aQueueThatIsFullNowAndThenGetsCopiesInTheirOrder() throws Exception {
        try (Channel slow = fullAt(5, "slow", bob);
                SteadyLoad load = new SteadyLoad(TestBroker.shared(), outgoingKey(alice, bob), PER_SECOND)) {
            List<String> got = new ArrayList<>();
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
                take(slow, "slow", got);
                return load.confirmed().size() > 5 * PER_SECOND;
            });
            Set<String> sent = load.stop();
            History.await(database, app, bob, sent).assertHasEachOnce(sent);
            Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
                int before = got.size();
                while (slow.messageCount("slow") > 0) {
                    take(slow, "slow", got);
                }
                return got.size() == before;
            });

            assertThat(got).hasSizeGreaterThan(20).doesNotHaveDuplicates().isSortedAccordingTo(byNumber());
            slow.queueDelete("slow");
        }
    }

    private Channel fullAt(int length, String queue, String user) throws IOException {
        Channel channel = observer.amqp().connection().createChannel();
        channel.queueDeclare(queue, false, false, false,
                Map.of("x-max-length", length, "x-overflow", "reject-publish"));
        channel.queueBind(queue, "amq.topic", "apps." + app + ".users." + user + ".messages." + alice + ".clientadded");
        return channel;
    }

    private static void take(Channel channel, String queue, List<String> into) throws IOException {
        GetResponse next = channel.basicGet(queue, true);
        if (next != null) {
            into.add(LiveCopies.textOf(new String(next.getBody(), StandardCharsets.UTF_8)));
        }
    }

    private static Set<String> of(Set<String> texts, Predicate<Integer> wanted) {
        return texts.stream().filter(text -> wanted.test(number(text))).collect(Collectors.toSet());
    }

    private static List<String> inOrder(Set<String> texts) {
        return texts.stream().sorted(byNumber()).toList();
    }

    private static Comparator<String> byNumber() {
        return Comparator.comparingInt(FullQueueIT::number);
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(1));
    }
}
