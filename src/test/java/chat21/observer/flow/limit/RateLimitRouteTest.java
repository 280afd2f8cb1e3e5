package chat21.observer.flow.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.Test;

import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.flow.block.SenderPolicy;
import chat21.observer.flow.inbox.Members;
import chat21.observer.flow.policy.Policies;
import chat21.observer.flow.policy.PolicySteps;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Payloads;
import chat21.observer.message.Resends;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.protocol.Reason;

class RateLimitRouteTest extends CamelMainTestSupport {

    @Test
    void whatIsBeyondTheLimitIsRefusedUnreadAndGoesNoFurther() throws Exception {
        MockEndpoint direct = getMockEndpoint("mock:direct:send-direct");
        direct.expectedMessageCount(1);
        Delivery first = delivery("{\"text\":\"hello\"}");
        Delivery second = delivery("this is not even JSON");

        template.sendBodyAndProperty("direct:send-message", first, Refusals.DELIVERY, first);
        template.sendBodyAndProperty("direct:send-message", second, Refusals.DELIVERY, second);

        direct.assertIsSatisfied();
        ChatMessage passed = direct.getExchanges().get(0).getMessage().getBody(ChatMessage.class);
        assertThat(passed.delivery()).isSameAs(first);
        assertThat(first.decision().refusal()).isNull();
        assertThat(second.decision().refusal().reason()).isEqualTo(Reason.RATE_LIMITED);
    }

    private static Delivery delivery(String body) {
        return new Delivery("messages", "apps.tilechat.outgoing.users.alice.messages.bob.outgoing",
                body.getBytes(StandardCharsets.UTF_8), false, null, 1, 0, UUID.randomUUID());
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("rateLimit", new RateLimit(new RateLimitSettings(1, 1, true, 100), Set.of()));
        Payloads payloads = new Payloads(new PayloadLimits(1_024, 50, 100));
        registry.bind("messageReader", new MessageReader(payloads));
        // These messages have no id of their client, so nothing is looked up.
        registry.bind("resends", new Resends(null, payloads));
        registry.bind("senderPolicy", new SenderPolicy());
        registry.bind("policies", new PolicySteps(new Policies(new SimpleMeterRegistry()), null, payloads, null));
        registry.bind("isGroup", AboutBody.is(ChatMessage.class, new Members(10, Set.of())::isGroup));
        registry.bind("refusals", new Refusals());
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/send-message.yaml,file:routes/refuse-what-fails.yaml");
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.put("chat21.step.max-redeliveries", "0");
        properties.put("chat21.step.redelivery-delay-ms", "0");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties)
                .withMockEndpointsAndSkip("direct:send-direct|direct:send-to-group");
    }
}
