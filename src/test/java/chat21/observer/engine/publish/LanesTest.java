package chat21.observer.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.message.Publication;

class LanesTest {

    private static final String BOB = "apps.a.users.bob.messages.alice.clientadded";
    private static final String BOBS_UPDATE = "apps.a.users.bob.messages.alice.m1.clientupdated";
    private static final String CAROL = "apps.a.users.carol.messages.alice.clientadded";
    private static final int TRIES = 2;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Handover handover = new Handover();
    private final List<String> events = new ArrayList<>();
    private final Lanes lanes = new Lanes(new Tries(TRIES, 0, 0), new Untaken(meters), () -> events.add("held"));
    private long number;
    // Up to there the broker has answered; everything if negative.
    private long answered = -1;

    @BeforeEach
    void end() {
        handover.end(0);
    }

    @Test
    void whatIsNotTakenIsTriedAgainAloneAndWhatGoesTheSameWayWaitsBehindIt() {
        lanes.nacked(send(BOB, "1"));
        assertThat(hold(BOB, "2")).isTrue();
        assertThat(hold(BOBS_UPDATE, "3")).as("of the same conversation").isTrue();
        assertThat(hold(CAROL, "4")).isFalse();
        assertThat(events).containsExactly("held");

        Sent again = tryOne("1");
        assertThat(due()).as("alone").isEmpty();
        lanes.taken(List.of(again));
        lanes.taken(List.of(tryOne("2")));
        lanes.taken(List.of(tryOne("3")));

        assertThat(lanes.areHeld()).isFalse();
        assertThat(lanes.areWatching()).isFalse();
        assertThat(meters.getMeters()).as("nothing is given up").isEmpty();
    }

    @Test
    void whatWaitsOutlivesSeveralLossesOfTheChannel() {
        handover.end(7);
        lanes.nacked(send(BOB, "1"));

        lanes.lost(upTo -> upTo <= 7);
        // The next channel counts from the beginning.
        lanes.lost(upTo -> upTo <= 0);

        lanes.taken(List.of(tryOne("1")));
        assertThat(lanes.areHeld()).isFalse();
    }

    @Test
    void nothingIsTriedWhileWhatCameAfterItIsUnanswered() {
        Sent first = send(BOB, "1");
        send(BOB, "2");
        answered = 1;
        lanes.nacked(first);

        assertThat(due()).isEmpty();

        answered = 2;
        tryOne("1");
    }

    @Test
    void whatWasTakenAfterItLeavesNoWayBack() {
        Sent first = send(BOB, "1");
        Sent second = send(BOB, "2");
        lanes.nacked(first);
        hold(BOB, "3");
        lanes.taken(List.of(second));

        tryOne("3");
        assertThat(givenUp("overtaken")).isEqualTo(1);
    }

    @Test
    void severalThatAreNotTakenKeepTheirOrderHoweverTheBrokerSaysSo() {
        Sent first = send(BOB, "1");
        Sent second = send(BOB, "2");
        lanes.nacked(second);
        hold(BOB, "3");
        lanes.nacked(first);

        lanes.taken(List.of(tryOne("1")));
        lanes.taken(List.of(tryOne("2")));
        tryOne("3");
    }

    @Test
    void afterTheTriesAllGoesOutOnceAndNothingWaitsUntilSomethingIsTakenAgain() {
        lanes.nacked(send(BOB, "1"));
        hold(BOB, "2");
        hold(BOB, "3");
        lanes.nacked(tryOne("1"));
        lanes.nacked(tryOne("1"));
        assertThat(givenUp("refused")).isZero();

        List<Lanes.Due> last = due();

        assertThat(last).extracting(d -> text(d.sent())).containsExactly("2", "3");
        assertThat(lanes.areHeld()).isFalse();
        lanes.nacked(send(BOB, "2"));
        lanes.nacked(send(BOB, "3"));
        assertThat(givenUp("refused")).isEqualTo(3);
        assertThat(hold(BOB, "4")).isFalse();
        assertThat(lanes.areWatching()).isTrue();

        lanes.taken(List.of(send(BOB, "4")));
        assertThat(lanes.areWatching()).isFalse();
        lanes.nacked(send(BOB, "5"));
        assertThat(hold(BOB, "6")).isTrue();
    }

    @Test
    void whatIsPublishedAgainSinceItsChannelIsLostDoesNotWaitTwice() {
        Handover lost = new Handover();
        lanes.nacked(send(BOB, "1"));
        hold(BOB, "2");
        lanes.hold(publication(BOB, "3"), lost);

        lanes.lost(n -> n <= 5);

        lanes.taken(List.of(tryOne("1")));
        lanes.taken(List.of(tryOne("2")));
        assertThat(lanes.areHeld()).as("the third comes with the rest of its batch").isFalse();
    }

    @Test
    void aLaneThatGrowsBeyondItsBoundIsGivenUp() {
        lanes.nacked(send(BOB, "0"));
        for (int i = 1; i <= 10_000; i++) {
            hold(BOB, "" + i);
        }

        assertThat(due()).as("once more, and then no more").hasSize(10_001);
        assertThat(lanes.areHeld()).isFalse();
    }

    @Test
    void whatEntersNoInboxGoesOnAsSoonAsSomethingIsTaken() {
        lanes.nacked(new Sent(new Publication("", "dead-letters", null, "1".getBytes()), handover, ++number));
        lanes.hold(new Publication("", "dead-letters", null, "2".getBytes()), handover);
        lanes.hold(new Publication("", "dead-letters", null, "3".getBytes()), handover);

        lanes.taken(List.of(tryOne("1")));

        assertThat(due()).extracting(d -> text(d.sent())).containsExactly("2", "3");
    }

    private boolean hold(String routingKey, String text) {
        return lanes.areHeld() && lanes.hold(publication(routingKey, text), handover);
    }

    private Sent send(String routingKey, String text) {
        return new Sent(publication(routingKey, text), handover, ++number);
    }

    private static Publication publication(String routingKey, String text) {
        return Publication.json("amq.topic", routingKey, text.getBytes());
    }

    private Sent tryOne(String text) {
        List<Lanes.Due> due = due();
        assertThat(due).extracting(d -> text(d.sent())).containsExactly(text);
        Sent again = new Sent(due.get(0).sent().publication(), handover, ++number);
        due.get(0).isHandedOver(again);
        return again;
    }

    private List<Lanes.Due> due() {
        return lanes.due(number, n -> answered < 0 || answered >= n);
    }

    private static String text(Sent sent) {
        return new String(sent.publication().body());
    }

    private double givenUp(String reason) {
        return meters.find("chat21_publications_given_up").tag("reason", reason).counters().stream()
                .mapToDouble(c -> c.count()).sum();
    }
}
