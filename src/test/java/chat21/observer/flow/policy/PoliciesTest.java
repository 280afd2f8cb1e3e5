package chat21.observer.flow.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    @Test
    void policiesOfOnePlaceComeByTheirOrderThenTheirIdThenTheirFileAndPosition() throws Exception {
        Policies policies = new Policies(new SimpleMeterRegistry());
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            camel.addComponent("policy", new PolicyComponent(policies,
                    new PolicySettings(60_000, false, true, 10, 1_000, 1_000, 10, 10_000), null));
            camel.start();
            load(camel, "z.yaml", from("z-last", "policy:accept") + from("b", "policy:accept?onTimeout=refuse"));
            load(camel, "c.yaml", from(null, "policy:accept") + from(null, "policy:accept"));
            load(camel, "a.yaml", from("d", "policy:accept") + from("first", "policy:accept?order=-1")
                    + "- from: {uri: policy, parameters: {place: accept, order: 1}, steps: [{log: hi}]}\n");

            assertThat(Arrays.stream(policies.at(Place.ACCEPT)).map(PolicyConsumer::name))
                    .containsExactly("first", "b", "c", "c", "d", "z-last", "a");
            PolicyConsumer[] all = policies.at(Place.ACCEPT);
            assertThat(Integer.parseInt(all[2].getRouteId().replaceAll("\\D", "")))
                    .isLessThan(Integer.parseInt(all[3].getRouteId().replaceAll("\\D", "")));
        }
    }

    private static String from(String id, String uri) {
        return "- route: {" + (id == null ? "" : "id: " + id + ", ") + "from: {uri: '" + uri + "', steps: [{log: hi}]}}\n";
    }

    private static void load(CamelContext camel, String file, String text) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("file:routes/" + file, text));
    }
}
