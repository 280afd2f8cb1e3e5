package chat21.observer.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;

/** What an observer keeps of messages that are done. */
class ForgettingIT {

    private static final int MESSAGES = 6_000;
    // What is kept of each message would be there as often as there were messages.
    private static final int FEW = MESSAGES / 2;
    private static final Pattern OWN_CLASS = Pattern.compile("\\d+:\\s+(\\d+)\\s+\\d+\\s+(chat21\\.observer\\.\\S+)");

    @Test
    void nothingOfAMessageThatIsDoneStaysInMemory() throws Exception {
        ObserverSettings settings = ObserverSettings.at(TestBroker.shared());
        try (ObserverProcess observer = settings.startProcess().awaitReady();
                AmqpClient amqp = AmqpClient.at(settings.broker())) {
            try (Channel channel = amqp.connection().createChannel()) {
                channel.confirmSelect();
                for (int i = 0; i < MESSAGES; i++) {
                    channel.basicPublish("amq.topic", "apps.tilechat.outgoing.users.u" + i % 10 + ".messages.u"
                            + (i + 1) % 10 + ".outgoing", MessageProperties.PERSISTENT_BASIC,
                            ("{\"text\":\"" + i + "\"}").getBytes());
                }
                channel.waitForConfirmsOrDie(Patience.seconds(60).toMillis());
            }
            await().atMost(Patience.seconds(300)).until(() -> amqp.ready(settings.messagesQueue()) == 0
                    && observer.management().metric("chat21_pending_acknowledgements") == 0);

            assertThat(instances(observer.pid())).isNotEmpty()
                    .allSatisfy((name, count) -> assertThat(count).as(name).isLessThan(FEW));
            observer.terminate();
            settings.removeQueues(amqp);
        }
    }

    // The histogram counts what is reachable, after a collection.
    private static Map<String, Integer> instances(long pid) throws Exception {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                Long.toString(pid), "GC.class_histogram").redirectErrorStream(true).start();
        String histogram = new String(jcmd.getInputStream().readAllBytes());
        return OWN_CLASS.matcher(histogram).results()
                .collect(Collectors.toMap(found -> found.group(2), found -> Integer.parseInt(found.group(1)), Math::max));
    }
}
