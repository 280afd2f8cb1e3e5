package chat21.observer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

class ActiveQueuesTest {

    @Test
    void onlyTheNamedQueuesAreConsumed() {
        ActiveQueues active = ActiveQueues.of(List.of("messages", "webhooks"));

        assertThat(active.has(ActiveQueues.MESSAGES)).isTrue();
        assertThat(active.has(ActiveQueues.PERSIST)).isFalse();
        assertThat(active.has(ActiveQueues.WEBHOOKS)).isTrue();
    }

    @Test
    void noneMeansNone() {
        assertThat(ActiveQueues.of(List.of("none")).has(ActiveQueues.MESSAGES)).isFalse();
    }

    @Test
    void anUnknownNameIsRefused() {
        for (List<String> names : List.of(List.of("mesages"), List.of("none", "persist"), List.<String>of())) {
            assertThatThrownBy(() -> Rules.all().get("chat21.active-queues").check(String.join(",", names)))
                    .hasMessageContaining("messages, persist, webhooks");
        }
    }
}
