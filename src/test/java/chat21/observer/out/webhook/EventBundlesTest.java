package chat21.observer.out.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.rabbitmq.client.AMQP.BasicProperties;
import org.junit.jupiter.api.Test;

import chat21.observer.message.Publication;

class EventBundlesTest {

    @Test
    void anEventAloneStaysAsItIs() {
        Publication event = event(1, "{}");

        List<Publication> bundles = bundles(List.of(event));

        assertThat(bundles).hasSize(1);
        assertThat(bundles.get(0).properties()).isSameAs(event.properties());
        assertThat(bundles.get(0).body()).asString(UTF_8).isEqualTo("{}");
    }

    @Test
    void aBundleThatTheBrokerDoesNotTakeIsTheSameWhenItIsTriedAgain() {
        Publication bundle = bundles(List.of(event(1, "{\"n\":1}"), event(2, "{\"n\":2}"))).get(0);

        byte[] first = bundle.body();

        assertThat(bundle.body()).isEqualTo(first).isEqualTo(bundle.body());
    }

    @Test
    void severalShareAMessageThatNamesAndHoldsThemInOrder() {
        List<Publication> bundles = bundles(List.of(event(1, "{\"n\":1}"), event(2, "{\"n\":2}")));

        assertThat(bundles).hasSize(1);
        Publication bundle = bundles.get(0);
        assertThat(EventBundles.namesIn(bundle.properties().getHeaders())).containsExactly("message-sent 1", "message-sent 2");
        assertThat(EventBundles.bodiesIn(bundle.body())).extracting(body -> new String(body, UTF_8))
                .containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(bundle.routingKey()).isEqualTo("w.a");
        assertThat(bundle.properties().getDeliveryMode()).isEqualTo(2);
        assertThat(bundle.properties().getHeaders()).containsEntry("BCC", List.of("w.b"));
    }

    @Test
    void noMessageHoldsMoreThanFiftyEvents() {
        List<Publication> bundles = bundles(IntStream.range(0, 120).mapToObj(i -> event(i, "{}")).toList());

        assertThat(bundles).extracting(b -> EventBundles.namesIn(b.properties().getHeaders()).size())
                .containsExactly(50, 50, 20);
    }

    @Test
    void aMessageIsNotMadeLargerThanItsBoundByMoreEvents() {
        String large = "{\"text\":\"" + "x".repeat(200 * 1024) + "\"}";

        assertThat(bundles(List.of(event(1, large), event(2, large), event(3, large)))).hasSize(3)
                .allSatisfy(b -> assertThat(b.properties().getType()).isEqualTo("message-sent"));
    }

    @Test
    void nothingMakesNothing() {
        assertThat(new EventBundles(List.of())).isExhausted();
    }

    private static List<Publication> bundles(List<Publication> events) {
        List<Publication> bundles = new ArrayList<>();
        new EventBundles(events).forEachRemaining(bundles::add);
        return bundles;
    }

    private static Publication event(int number, String json) {
        BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).contentType("application/json")
                .type("message-sent").messageId(String.valueOf(number)).headers(Map.of("BCC", List.of("w.b"))).build();
        return new Publication("", "w.a", properties, json.getBytes(UTF_8));
    }
}
