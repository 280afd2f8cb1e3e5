package chat21.observer.flow.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Patience;

class InFlowTest {

    private static final Question QUESTION = new Question(Map.of("text", "hi"), Map.of(), null, 10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void aThousandMessagesWaitOnceForAPolicyThatHangs() {
        AtomicInteger asked = new AtomicInteger();
        try (InFlow policy = new InFlow("slow", new PolicySettings(200, false, true, 10, 60_000, 60_000, 1, 1), meters)) {
            long began = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                assertThat(policy.ask(QUESTION, question -> {
                    asked.incrementAndGet();
                    end.await();
                    return null;
                })).isEqualTo(Verdict.unchanged(QUESTION));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(200), Patience.seconds(20));
        }
        assertThat(asked).hasValue(1);
        assertThat(count("hung")).isEqualTo(1);
        assertThat(count("off")).isEqualTo(999);
    }

    @Test
    void whatAPolicyThatHangsMayNotLetThroughIsRefused() {
        try (InFlow policy = new InFlow("slow", new PolicySettings(50, true, true, 10, 60_000, 60_000, 1, 1), meters)) {
            for (String why : new String[] {"policy slow did not answer within 50 ms", "policy slow is switched off"}) {
                assertThatThrownBy(() -> policy.ask(QUESTION, question -> {
                    end.await();
                    return null;
                })).isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.POLICY_FAILED))
                        .hasMessageStartingWith(why);
            }
        }
    }

    @Test
    void aPolicyThatAnswersAgainIsAskedAgain() {
        try (InFlow policy = new InFlow("slow", new PolicySettings(50, false, true, 10, 10, 10, 1, 1), meters)) {
            policy.ask(QUESTION, question -> {
                end.await();
                return null;
            });
            Verdict refused = new Verdict(Map.of(), "no", null, false);
            await().until(() -> policy.ask(QUESTION, question -> refused) == refused);
            assertThat(policy.ask(QUESTION, question -> refused)).isSameAs(refused);
        }
    }

    @Test
    void whatAPolicyThrowsRefusesTheMessageAndSwitchesNothingOff() {
        try (InFlow policy = new InFlow("broken", new PolicySettings(5_000, false, true, 10, 60_000, 60_000, 1, 1), meters)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> policy.ask(QUESTION, question -> {
                    throw new IllegalStateException("no route to somewhere");
                })).isInstanceOf(Refusal.class).hasMessageContaining("policy broken: ")
                        .hasMessageContaining("no route to somewhere");
            }
        }
        assertThat(count("failed")).isEqualTo(3);
    }

    @Test
    void aPolicyThatFailsAgainAndAgainIsSwitchedOffAndAskedAgainLater() {
        AtomicInteger asked = new AtomicInteger();
        try (InFlow policy = new InFlow("broken", new PolicySettings(5_000, false, true, 10, 200, 200, 1, 1), meters)) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> policy.ask(QUESTION, question -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("broken");
                })).isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.POLICY_FAILED));
            }
            assertThat(count("off")).isEqualTo(20 - asked.get()).isPositive();
            assertThat(policy.problem()).startsWith("the policy broken failed ").endsWith(IllegalStateException.class.getName());

            Verdict verdict = new Verdict(Map.of(), null, null, false);
            await().ignoreExceptions()
                    .until(() -> policy.ask(QUESTION, question -> verdict) == verdict);
            assertThat(policy.problem()).isNull();
        }
    }

    @Test
    void whatAPolicyFailsAtPassesWhereItIsToPass() {
        try (InFlow policy = new InFlow("broken", new PolicySettings(5_000, true, false, 2, 60_000, 60_000, 1, 1), meters)) {
            for (int i = 0; i < 5; i++) {
                assertThat(policy.ask(QUESTION, question -> {
                    throw new StackOverflowError();
                })).isEqualTo(Verdict.unchanged(QUESTION));
            }
        }
        assertThat(count("failed")).isEqualTo(2);
        assertThat(count("off")).isEqualTo(3);
    }

    @Test
    void aSingleFailureAmongOthersSwitchesNothingOffAndIsNoMatterOfHealth() {
        try (InFlow policy = new InFlow("picky", new PolicySettings(5_000, false, false, 2, 60_000, 60_000, 1, 1), meters)) {
            for (int i = 0; i < 6; i++) {
                boolean fails = i % 2 == 0;
                policy.ask(QUESTION, question -> {
                    if (fails) {
                        throw new IllegalStateException();
                    }
                    return Verdict.unchanged(question);
                });
                assertThat(policy.problem()).isNull();
            }
        }
        assertThat(count("off")).isZero();
    }

    private double count(String outcome) {
        return meters.find("chat21_policy_calls").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count).sum();
    }
}
