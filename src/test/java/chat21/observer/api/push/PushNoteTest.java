package chat21.observer.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushNoteTest {

    private static final ObjectMapper JSON = FcmPush.JSON;

    @ParameterizedTest
    @ValueSource(strings = {"a", "ж", "漢", "😀", "👩‍👩‍👧‍👦", "\"", "\u0001"})
    void aNoteFitsWhateverTheScriptAndIsCutBetweenWholeCharacters(String letter) throws Exception {
        ObjectNode message = JSON.createObjectNode().put("sender", "😀".repeat(128)).put("recipient", "漢".repeat(128))
                .put("sender_fullname", letter.repeat(2_000)).put("recipient_fullname", letter.repeat(2_000))
                .put("channel_type", "direct").put("text", letter.repeat(5_000));

        PushNote note = PushNote.of(message, System.currentTimeMillis());

        byte[] json = JSON.writeValueAsBytes(JSON.createObjectNode().put("title", note.title()).put("body", note.body())
                .set("data", JSON.valueToTree(note.data())));
        assertThat(json.length).isLessThan(3_400);
        assertThat(note.body()).isNotEmpty().isEqualTo(letter.repeat(note.body().length() / letter.length()));
        assertThat(note.title()).isNotEmpty().isEqualTo(letter.repeat(note.title().length() / letter.length()));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(note.body())).isTrue();
    }

    @Test
    void aShortNoteStaysAsItIs() {
        PushNote note = PushNote.of(JSON.createObjectNode().put("sender_fullname", "Anna").put("text", "hi"), 5);

        assertThat(note.title()).isEqualTo("Anna");
        assertThat(note.body()).isEqualTo("hi");
        assertThat(note.data()).containsEntry("text", "hi").containsEntry("timestamp", "5");
    }
}
