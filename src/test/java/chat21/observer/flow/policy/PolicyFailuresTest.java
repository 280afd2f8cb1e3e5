package chat21.observer.flow.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import chat21.observer.protocol.Refusal;

class PolicyFailuresTest {

    private final List<String> lines = new ArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(PolicyFailures.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                lines.add(event.getFormattedMessage());
            }
        }
    };
    private long now;

    @BeforeEach
    void listen() {
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void leave() {
        log.detachAppender(appender);
    }

    @Test
    void aCauseIsSaidOnceAMinuteWithHowOftenItCameMeanwhile() {
        PolicyFailures failures = new PolicyFailures("filter", () -> now);
        for (int i = 0; i < 286; i++) {
            failures.add(new IllegalStateException("text of a message"));
        }
        failures.add(new ArithmeticException());
        now = TimeUnit.MINUTES.toNanos(1);
        failures.add(new IllegalStateException("text of a message"));

        assertThat(lines).containsExactly("The policy filter failed: java.lang.IllegalStateException",
                "The policy filter failed: java.lang.ArithmeticException",
                "The policy filter failed, and 285 times before, since this was last said: java.lang.IllegalStateException");
    }

    @Test
    void causesWithoutEndAreForgotten() {
        PolicyFailures failures = new PolicyFailures("filter", () -> now);
        for (int i = 0; i < 1_000; i++) {
            failures.add(i % 2 == 0 ? new IllegalStateException() : new ArithmeticException());
        }
        assertThat(lines).hasSize(2);
        assertThat(failures.inSuccession()).isEqualTo(1_000);
    }

    @Test
    void theStepThatFailedIsNamedWithItsExpressionAndLineAndNothingOfTheMessage() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            Policies policies = new Policies(new SimpleMeterRegistry());
            camel.addComponent("policy", new PolicyComponent(policies,
                    new PolicySettings(60_000, false, true, 10, 1_000, 1_000, 10, 10_000), null));
            camel.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new StepsOfPolicies());
            camel.start();
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("file:routes/filter.yaml", """
                    - route:
                        id: filter
                        from:
                          uri: policy:accept
                          steps:
                            - log: "asked"
                            - filter:
                                id: has-bad-word
                                simple: "${body[text]} regex '(['"
                                steps: [{log: bad}]
                    """));
            PolicyConsumer policy = policies.at(Place.ACCEPT)[0];
            Question question = new Question(Map.of("text", "secret"), Map.of(), null, 10);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> policy.ask(question)).isInstanceOf(Refusal.class);
            }

            String step = "step 'has-bad-word', line 7, filter[simple{${body[text]} regex '(['}]: "
                    + "java.util.regex.PatternSyntaxException";
            assertThat(lines).containsExactly("The policy filter failed: " + step);
            assertThat(policies.problems()).containsExactly("the policy filter failed 5 times in succession: " + step);
        }
    }
}
