package chat21.observer.out.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

import chat21.observer.protocol.EventType;

class WebhookSettingsTest {

    @Test
    void theDefaultScheduleMakesEightTriesWithinAnHour() {
        RetrySchedule schedule = new RetrySchedule(8, 3_000, 3);

        assertThat(schedule.delays())
                .containsExactly(3_000L, 9_000L, 27_000L, 81_000L, 243_000L, 729_000L, 2_187_000L);
        assertThat(schedule.delays().stream().mapToLong(d -> d).sum()).isBetween(3_000_000L, 3_600_000L);
        assertThat(schedule.isLast(7)).isFalse();
        assertThat(schedule.isLast(8)).isTrue();
    }

    @Test
    void equalPausesShareAQueueAndHugeOnesAreCut() {
        assertThat(new RetrySchedule(5, 100, 1).delays()).containsExactly(100L);
        assertThat(new RetrySchedule(20, 86_400_000, 10).delayAfter(19)).isEqualTo(30L * 86_400_000);
        assertThat(new RetrySchedule(1, 100, 2).delays()).isEmpty();
    }

    @Test
    void anEndpointKeepsItsQueryAndHidesItsSecrets() {
        Endpoint endpoint = Endpoint.of("https://me:pass@hooks.example.org:8443/in?token=a%20b", "webhooks");

        assertThat(endpoint.web().url()).isEqualTo("https://hooks.example.org:8443/in?token=a%20b");
        assertThat(endpoint.web().authorization()).isEqualTo("Basic bWU6cGFzcw==");
        assertThat(endpoint.address()).isEqualTo("https://hooks.example.org:8443/in");
        assertThat(endpoint.queue()).matches("webhooks\\.hooks\\.example\\.org-[0-9a-f]{8}");
        assertThat(endpoint.retryQueue(50)).isEqualTo(endpoint.queue() + ".retry.50");
    }

    @Test
    void endpointsThatDifferInTheirQueryHaveQueuesOfTheirOwn() {
        assertThat(Endpoint.of("http://h/?a", "w").queue()).isNotEqualTo(Endpoint.of("http://h/?b", "w").queue());
    }

    @Test
    void anEndpointThatIsNoWebAddressIsRefusedWithoutItsSecrets() {
        for (String url : List.of("ftp://me:pass@h/?token=x", "http:///?token=x", "h", "http://me:pass@h /?token=x")) {
            assertThatThrownBy(() -> Endpoint.of(url, "w")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must ").hasMessageNotContainingAny("pass", "token");
        }
    }

    @Test
    void whatAnEndpointHasOfItsOwnStandsBehindItsUrlAndChangesNoQueue() {
        RetrySchedule usual = new RetrySchedule(8, 3_000, 3);
        Signature all = new Signature("all");
        Endpoint own = Endpoint.of("http://h/in?a=1#tries=2&first-delay-ms=50&timeout-ms=700&secret=a%26b&events=message-sent,"
                + "presence-change", "w");
        Endpoint plain = Endpoint.of("http://h/in?a=1", "w");

        assertThat(own.queue()).isEqualTo(plain.queue());
        assertThat(own.web().url()).isEqualTo("http://h/in?a=1");
        assertThat(own.options().retries(usual)).isEqualTo(new RetrySchedule(2, 50, 3));
        assertThat(own.options().timeoutMs(10_000)).isEqualTo(700);
        assertThat(own.options().signature(all).of("1", new byte[0])).isEqualTo(new Signature("a&b").of("1", new byte[0]));
        assertThat(own.options().wants("presence-change")).isTrue();
        assertThat(own.options().wants("message-delivered")).isFalse();
        assertThat(own.toString()).doesNotContain("a&b", "a%26b");
        assertThat(plain.options().retries(usual)).isEqualTo(usual);
        assertThat(plain.options().signature(all)).isSameAs(all);
        assertThat(plain.options().wants("message-delivered")).isTrue();
    }

    @Test
    void optionsThatMakeNoSenseAreRefusedWithoutTheSecret() {
        for (String options : List.of("tries=0&secret=s3cret", "tries=21", "secret=", "secret", "retries=3", "timeout-ms=1e3", "",
                "events=message-read", "secret=s3cret%zz", "timeout-ms=600001")) {
            assertThatThrownBy(() -> Endpoint.of("http://h/#" + options, "w")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("must ").hasMessageContaining("#").hasMessageNotContaining("s3cret");
        }
        assertThatThrownBy(() -> Endpoint.of("ftp://h/#secret=s3cret", "w")).hasMessageNotContaining("s3cret");
    }

    @Test
    void unknownEventsAreLeftOutAndNoneNamedMeansAll() {
        assertThat(WebhookSettings.events(List.of(), List.of())).containsExactlyInAnyOrder(EventType.values());
        assertThat(WebhookSettings.events(List.of("message-sent", "message-read"), List.of()))
                .containsExactly(EventType.MESSAGE_SENT, EventType.PRESENCE_CHANGE);
    }

    @Test
    void presenceIsToldWhateverTheListSaysUnlessItIsExcluded() {
        assertThat(WebhookSettings.events(List.of("message-sent"), List.of("presence-change")))
                .containsExactly(EventType.MESSAGE_SENT);
        assertThat(WebhookSettings.events(List.of(), List.of("message-sent", "presence-change", "gone")))
                .doesNotContain(EventType.MESSAGE_SENT, EventType.PRESENCE_CHANGE).hasSize(EventType.values().length - 2);
    }
}
