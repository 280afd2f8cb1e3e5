package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookRateTest {

    @Test
    void aRateOfEventsIsALoadOfItsOwn() {
        assertThat(WebhookRate.parse(" webhooks@5 ")).contains(new WebhookRate(5));
        assertThat(AskedLoad.parse("webhooks@5")).extracting(AskedLoad::webhooks).isEqualTo(new WebhookRate(5));
        assertThat(List.of("webhooks", "webhooks@0", "webhooks:5", "direct@5")).allSatisfy(text ->
                assertThat(WebhookRate.parse(text)).isEmpty());
    }
}
