package chat21.observer.flow.typing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.flow.inbox.News;
import chat21.observer.flow.typing.Typings.Typing;
import chat21.observer.message.Delivery;
import chat21.observer.message.Group;
import chat21.observer.message.Lookups;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Deliveries;

class TypingsTest {

    private static final long SECOND = 1_000_000_000L;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Payloads payloads = new Payloads(new PayloadLimits(10_000, 10, 1_000));
    private boolean busy;
    private long now;
    private final Typings typings = new Typings(payloads, 3, () -> busy, meters, () -> now);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"typing\":1}", "{\"typing\":\"true\"}", "[true]", "true", "{"})
    void whatSaysNeitherIsRefused(String json) {
        assertThatThrownBy(() -> typings.read(delivery("bob", json))).isInstanceOf(Refusal.class);
    }

    @Test
    void whoTypesIsHeardOnceInTwoSecondsInAConversation() {
        assertThat(typings.isTimely(typing("bob", true))).isTrue();
        assertThat(typings.isTimely(typing("bob", true))).isFalse();
        assertThat(typings.isTimely(typing("carol", true))).isTrue();
        now += 2 * SECOND + 1;
        assertThat(typings.isTimely(typing("bob", true))).isTrue();
        assertThat(meters.counter("chat21_typings_dropped").count()).isEqualTo(1);
    }

    @Test
    void theEndOfWhatHasGoneOnGoesOnOnce() {
        assertThat(typings.isTimely(typing("bob", true))).isTrue();
        assertThat(typings.isTimely(typing("bob", false))).isTrue();
        assertThat(typings.isTimely(typing("bob", true))).isFalse();
        assertThat(typings.isTimely(typing("bob", false))).isFalse();
    }

    @Test
    void itIsDroppedWhileThereIsMuchToDoAndWhenItComesAgain() {
        busy = true;
        assertThat(typings.isTimely(typing("bob", true))).isFalse();
        busy = false;
        Delivery again = new Delivery("messages", key("bob"), "{\"typing\":true}".getBytes(), true, null, 1, 0,
                UUID.randomUUID());
        assertThat(typings.isTimely(typings.read(again))).isFalse();
        assertThat(typings.isTimely(typing("bob", true))).isTrue();
    }

    @Test
    void thePeerHearsUntilWhenItIsToBeShown() {
        News news = typings.listeners(typing("bob", true)).news().get(0);

        assertThat(news.owner()).isEqualTo("bob");
        assertThat(news.about()).isEqualTo("alice");
        assertThat(payloads.read(news.body()).path("typing").asBoolean()).isTrue();
        assertThat(payloads.read(news.body()).path("until").asLong()).isEqualTo(Deliveries.RECEIVED_AT + 6_000);
        News over = typings.listeners(typing("bob", false)).news().get(0);
        assertThat(payloads.read(over.body()).path("until").asLong()).isEqualTo(Deliveries.RECEIVED_AT);
        assertThat(typings.listeners(typing("bob", true)).lasts()).isNotNull();
    }

    @Test
    void theOtherMembersOfASmallGroupHearAndNobodyOfALargeOne() {
        assertThat(owners("group-1", Set.of("alice", "bob", "carol"))).containsExactlyInAnyOrder("bob", "carol");
        assertThat(owners("group-1", IntStream.range(0, 4).mapToObj(i -> i == 0 ? "alice" : "m" + i)
                .collect(Collectors.toSet()))).isEmpty();
    }

    @Test
    void whoIsNoMemberIsNotHeardNorInAGroupThatIsNotStored() {
        assertThat(owners("group-1", Set.of("bob", "carol"))).isEmpty();
        assertThat(typings.listeners(typing("group-2", true)).news()).isEmpty();
    }

    @Test
    void whoHasBlockedTheSenderHearsNothing() {
        Typing typing = typing("group-1", true);
        typing.delivery().lookups(new Lookups(Set.of(), Map.of(new Key("a", "alice"), Set.of("bob")),
                Map.of(new Key("a", "group-1"), new Group("a", "group-1", Set.of("alice", "bob", "carol")))));

        assertThat(typings.listeners(typing).news()).extracting(News::owner).containsExactly("carol");
    }

    @Test
    void whoIsBannedIsRefused() {
        Typing typing = typing("bob", true);
        typing.delivery().lookups(new Lookups(Set.of(new Key("a", "alice")), Map.of(), Map.of()));

        assertThatThrownBy(() -> typings.listeners(typing)).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.SENDER_BANNED));
    }

    private List<String> owners(String group, Set<String> members) {
        Typing typing = typing(group, true);
        typing.delivery().lookups(new Lookups(Set.of(), Map.of(),
                Map.of(new Key("a", group), new Group("a", group, members))));
        return typings.listeners(typing).news().stream().map(News::owner).toList();
    }

    private Typing typing(String recipient, boolean typing) {
        return typings.read(delivery(recipient, "{\"typing\":" + typing + "}"));
    }

    private static Delivery delivery(String recipient, String json) {
        return new Deliveries().on(key(recipient), json);
    }

    private static String key(String recipient) {
        return "apps.a.outgoing.users.alice.typing." + recipient + ".typing";
    }
}
