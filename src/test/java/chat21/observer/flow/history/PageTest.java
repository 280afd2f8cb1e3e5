package chat21.observer.flow.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void withoutParametersItIsTheFirstPage() {
        assertThat(Page.of(Map.of())).isEqualTo(Page.FIRST);
    }

    @Test
    void aCursorIsATimeOrATimeAndAnId() {
        assertThat(Page.of(Map.of("before", "5"))).isEqualTo(new Page(200, false, 5, ""));
        assertThat(Page.of(Map.of("before", Page.cursor(5, "m,1"), "limit", "7")))
                .isEqualTo(new Page(7, false, 5, "m,1"));
        assertThat(Page.of(Map.of("after", "5,m"))).isEqualTo(new Page(200, true, 5, "m"));
    }

    @Test
    void aTimeAloneLeavesOutAllOfThatTime() {
        // Whatever id stands at time 5 is greater than the empty one, so the page begins a ms later.
        assertThat(Page.of(Map.of("after", "5"))).isEqualTo(new Page(200, true, 6, ""));
    }
}
