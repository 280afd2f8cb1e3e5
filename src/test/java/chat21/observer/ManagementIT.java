package chat21.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.Management;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.RouteFiles;
import chat21.observer.testing.RouteFiles.Part;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What an operator sees. */
class ManagementIT {

    private static TestObserver observer;

    @BeforeAll
    static void startObserver() {
        observer = ObserverSettings.at(TestBroker.shared()).startHere();
    }

    @AfterAll
    static void stopObserver() {
        observer.close();
    }

    @Test
    void healthTellsOfBrokerAndDatabase() {
        Management.Answer ready = observer.management().get("health/ready");

        assertThat(observer.management().get("health/live").status()).isEqualTo(200);
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.body()).contains("UP");
    }

    @Test
    void metricsCountWhatWasReceivedStoredDeliveredAndRefused() {
        Management management = observer.management();
        double delivered = management.metric("chat21_copies_delivered_total");
        double stored = management.metric("chat21_messages_stored_total");
        double refused = management.metric("chat21_messages_refused_total{reason=\"bad-payload\"}");

        observer.amqp().publish("apps.metrics.outgoing.users.alice.messages.bob.outgoing", "{\"text\":\"hi\"}");
        observer.amqp().publish("apps.metrics.outgoing.users.alice.messages.bob.outgoing", "5");

        await().untilAsserted(() -> {
            assertThat(management.metric("chat21_copies_delivered_total")).isEqualTo(delivered + 2);
            assertThat(management.metric("chat21_messages_stored_total")).isEqualTo(stored + 1);
            assertThat(management.metric("chat21_messages_refused_total{reason=\"bad-payload\"}"))
                    .isEqualTo(refused + 1);
        });
    }

    @Test
    void everyRouteHasAnMBeanOfItsName() throws Exception {
        Set<String> expected = RouteFiles.parts().stream().filter(p -> p.kind().equals("route"))
                .map(p -> p.text("id")).collect(Collectors.toSet());

        assertThat(mbeans("routes")).containsAll(expected);
    }

    @Test
    void everyStepHasAnMBeanOfItsName() throws Exception {
        Set<String> expected = RouteFiles.parts().stream().filter(Part::isStep).map(p -> p.text("id"))
                // The one step of a template, which has the name of its route before its own.
                .map(id -> id.equals("take-delivery") ? "consume-messages-take-delivery" : id)
                .collect(Collectors.toSet());

        assertThat(mbeans("processors")).containsAll(expected);
    }

    private static Set<String> mbeans(String type) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        return server.queryNames(new ObjectName("org.apache.camel:type=" + type + ",*"), null).stream()
                .map(name -> ObjectName.unquote(name.getKeyProperty("name"))).collect(Collectors.toSet());
    }
}
