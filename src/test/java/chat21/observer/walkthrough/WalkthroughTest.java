package chat21.observer.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WalkthroughTest {

    @Test
    void aStepIsABlockOfCommandsWithTheOutputBelowIt() {
        Walkthrough page = Walkthrough.of("""
                # Title

                ```bash
                first
                ```

                Words between.

                ```bash
                second
                ```

                ```text
                two
                lines
                ```
                """);

        assertThat(page.steps()).containsExactly(new Walkthrough.Step("first\n", ""),
                new Walkthrough.Step("second\n", "two\nlines\n"));
    }

    @Test
    void anEllipsisStandsForAnyTextOfALineAndForNothingElse() {
        Walkthrough.Step step = new Walkthrough.Step("", "id …, text (a.b)\nend …\n");

        assertThat(step.printed("id 1-2, text (a.b)\nend 3\n")).isTrue();
        assertThat(step.printed("id 1-2, text (a.b)\n")).isFalse();
        assertThat(step.printed("id 1-2, text (aXb)\nend 3\n")).isFalse();
        assertThat(step.printed("id 1-2, text (a.b)\nend 3\nmore\n")).isFalse();
    }

    @Test
    void whereThePageShowsNothingNothingMayBePrinted() {
        assertThat(new Walkthrough.Step("", "").printed("\n")).isTrue();
        assertThat(new Walkthrough.Step("", "").printed("oops\n")).isFalse();
    }
}
