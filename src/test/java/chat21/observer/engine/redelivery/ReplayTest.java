package chat21.observer.engine.redelivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import chat21.observer.message.FirstAttempt;

class ReplayTest {

    private final List<List<StoredEntry>> stored = new ArrayList<>();

    @Test
    void whatComesAgainIsRecognisedAndWhatIsNewIsNot() {
        store("a", "b", "c");

        assertThat(replay("a", "b", "c", "d")).containsExactly("0a", "0b", "0c", null);
    }

    @Test
    void twoEqualMessagesOfABatchStayTwo() {
        store("ok", "ok");

        assertThat(replay("ok", "ok", "ok")).containsExactly("0ok", "1ok", null);
    }

    @Test
    void aBatchThatBeginsAndEndsEquallyIsRecognisedFromItsBeginning() {
        store("ok", "b", "ok");

        assertThat(replay("ok", "b", "ok")).containsExactly("0ok", "0b", "1ok");
    }

    @Test
    void severalBatchesOfWhichNoAcknowledgementWasKeptAreRecognised() {
        store("a", "b");
        store("c");
        store("d", "e");

        assertThat(replay("a", "b", "c", "d", "e", "f")).containsExactly("0a", "0b", "0c", "0d", "0e",
                null);
    }

    @Test
    void theNewestOfEqualBeginningsCounts() {
        store("ok");
        store("ok", "b");

        assertThat(replay("ok", "b")).containsExactly("1ok", "0b");
    }

    @Test
    void whatWasRefusedBetweenDoesNotDisturb() {
        store("a", "b");

        assertThat(replay("refused", "a", "refused", "b")).containsExactly(null, "0a", null, "0b");
    }

    @Test
    void anEqualMessageOfBeforeIsNoFirstAttemptIfNothingThatWasStoredAfterItComesAgain() {
        store("ok");
        store("a", "b");

        assertThat(replay("ok", "c", "ok")).containsExactly(null, null, null);
    }

    @Test
    void whatTheBrokerHasLostInBetweenDoesNotDisturb() {
        store("a", "lost", "b", "lost, too");

        assertThat(replay("a", "b", "c")).containsExactly("0a", "0b", null);
    }

    @Test
    void matchingNeverGoesBack() {
        store("a", "b", "c");

        assertThat(replay("b", "c", "a")).containsExactly("0b", "0c", null);
    }

    @Test
    void aWholeRecognisedBatchMayLeaveItsNextToBeginInTheMiddle() {
        store("a", "b", "c");

        assertThat(replay("b", "c", "d")).containsExactly("0b", "0c", null);
    }

    @Test
    void whereNothingWasStoredNothingIsRecognised() {
        assertThat(replay("a")).containsExactly((String) null);
        store();
        assertThat(replay("a")).containsExactly((String) null);
    }

    @Test
    void entriesSurviveWritingAndReading() {
        StoredEntry entry = new StoredEntry(digest("x"), UUID.randomUUID(), 1_750_000_000_000L);

        StoredEntry read = StoredEntry.read(StoredEntry.write(List.of(entry, entry))).get(1);

        assertThat(read.digest()).isEqualTo(entry.digest());
        assertThat(read.messageId()).isEqualTo(entry.messageId());
        assertThat(read.timestamp()).isEqualTo(entry.timestamp());
    }

    /** Stores a batch; the timestamp of an entry counts how often its text was stored before. */
    private void store(String... texts) {
        List<StoredEntry> batch = new ArrayList<>();
        for (String text : texts) {
            long before = Stream.concat(stored.stream().flatMap(List::stream), batch.stream())
                    .filter(e -> Arrays.equals(e.digest(), digest(text))).count();
            batch.add(new StoredEntry(digest(text), UUID.nameUUIDFromBytes((before + text).getBytes()), before));
        }
        stored.add(batch);
    }

    /** What each delivery is recognised as: the count of equal ones before it, and its text; null for a new one. */
    private List<String> replay(String... texts) {
        Replay replay = new Replay(stored);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            List<byte[]> later = Arrays.stream(texts).skip(i + 1L).map(ReplayTest::digest).toList();
            FirstAttempt attempt = replay.find(digest(text), 0, wanted -> later.stream().anyMatch(wanted));
            found.add(attempt == null ? null : attempt.timestamp() + text);
        }
        return found;
    }

    private static byte[] digest(String text) {
        return Arrays.copyOf(text.getBytes(), 16);
    }
}
