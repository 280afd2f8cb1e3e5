package chat21.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "application/openmetrics-text; version=1.0.0,text/plain;version=0.0.4",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                + "text/plain;version=0.0.4;q=0.3",
        "text/plain", "text/plain; charset=utf-8", "text/html,application/xhtml+xml;q=0.9", "application/json", "*/*"})
    void scrapersGetMetricsAndHealthWhateverTheyAccept(String accept) {
        for (String path : List.of("/metrics", "/observe/metrics")) {
            HttpResponse<String> metrics = observer.management().ask("GET", path, accept);
            assertThat(metrics.statusCode()).as(path).isEqualTo(200);
            assertThat(metrics.body()).contains("chat21_messages_stored_total");
            assertThat(metrics.headers().firstValue("Content-Type").orElse(""))
                    .startsWith(accept.startsWith("application/openmetrics") ? "application/openmetrics-text" : "text/plain");
        }
        for (String path : List.of("/observe/health", "/observe/health/live", "/observe/health/ready")) {
            assertThat(observer.management().ask("GET", path, accept).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void theManagementPortStaysPlainHttp() throws Exception {
        assertThat(observer.management().beginningOfAnswer("GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200");
        assertThat(observer.management().beginningOfAnswer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0"))
                .doesNotStartWith("\0");
    }

    @Test
    void theManagementPortTakesNoRequestThatSaysItsLengthInTwoWays() throws Exception {
        assertThat(observer.management().beginningOfAnswer("GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")).isNotEqualTo("HTTP/1.1 200");
    }

    @Test
    void headIsAnsweredAsGet() {
        for (String path : List.of("/metrics", "/observe/metrics", "/observe/health", "/observe/health/live")) {
            HttpResponse<String> head = observer.management().ask("HEAD", path, "*/*");
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
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
