package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AnswerRoomTest {

    private final BytesInFlight answers = new BytesInFlight(400, 100);
    private final Readers readers = new Readers();
    private final Counter refused = new SimpleMeterRegistry().counter("refused");
    private final List<String> hungUp = new ArrayList<>();

    @Test
    void aPageHasItsOwnBoundAndItsFirstEntryAlwaysFits() {
        AnswerRoom room = room("a/anna");

        assertThat(room.take(90)).isTrue();
        assertThat(room.take(5)).isTrue();
        assertThat(room.take(6)).isFalse();
        room.leave();
        assertThat(answers.held()).isZero();
        assertThat(room("a/anna").take(100)).isTrue();
    }

    @Test
    void whatIsTooMuchForOneCallerOrForAllIsRefusedAndCounted() {
        List.of("a/a", "a/b", "a/c").forEach(owner -> room(owner).take(100));
        assertThatThrownBy(() -> room("a/a")).isInstanceOf(RestError.class).hasMessageContaining("try again");
        room("a/d").take(100);
        assertThatThrownBy(() -> room("a/e")).isInstanceOf(RestError.class).hasMessageContaining("try again");
        assertThat(refused.count()).isEqualTo(2);
    }

    @Test
    void whereThereIsNoRoomWhoHoldsTheMostAndHadAMomentGivesWay() {
        reading("a/a", 90);
        reading("a/b", 100);
        reading("a/c", 100);
        reading("a/d", 100);
        answers.add("a/e", 10);

        await().ignoreExceptions().untilAsserted(() -> assertThat(room("a/f").take(50)).isTrue());
        assertThat(hungUp).hasSize(1).doesNotContain("a/a");
        assertThat(answers.held()).isEqualTo(350);
    }

    @Test
    void whoHasTooMuchToReadMakesNobodyElseGiveWay() {
        reading("a/a", 60);
        reading("a/a", 40);
        reading("a/b", 100);

        await().ignoreExceptions().untilAsserted(() -> assertThat(room("a/a").take(50)).isTrue());
        assertThat(hungUp).containsExactly("a/a");
    }

    @Test
    void anAnswerThatGaveWayIsCountedOnce() {
        AnswerRoom room = reading("a/a", 100);
        await().until(() -> readers.makeRoom(null));
        room.leave();

        assertThat(answers.held()).isZero();
    }

    private AnswerRoom reading(String owner, long bytes) {
        AnswerRoom room = room(owner);
        room.settle(bytes);
        readers.begin(room, () -> hungUp.add(owner));
        return room;
    }

    private AnswerRoom room(String owner) {
        AnswerRoom room = new AnswerRoom(answers, readers, 95, refused);
        room.claim(owner);
        return room;
    }
}
