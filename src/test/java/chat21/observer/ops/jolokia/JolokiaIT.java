package chat21.observer.ops.jolokia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** JMX over HTTP at a running observer. */
class JolokiaIT {

    private static final String CONTEXT = "org.apache.camel:context=chat21,type=context,name=\\\"chat21\\\"";
    private static final String ROUTE = "org.apache.camel:context=chat21,type=routes,name=\\\"receive\\\"";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared());
    private TestObserver observer;

    @AfterEach
    void stop() {
        if (observer != null) {
            observer.close();
        }
    }

    @Test
    void itIsOffUnlessSwitchedOn() throws Exception {
        observer = settings.startHere();

        assertThat(send(at(settings.managementPort(), "/version")).statusCode()).isEqualTo(404);
    }

    @Test
    void whoeverLooksSeesTheRoutesAndChangesNothing() throws Exception {
        observer = on().startHere();

        assertThat(call("""
                {"type":"read","mbean":"%s","attribute":"State"}""".formatted(ROUTE)).path("value").asText())
                .isEqualTo("Started");
        assertThat(call("""
                {"type":"exec","mbean":"%s","operation":"dumpRoutesAsXml()"}""".formatted(CONTEXT)).path("value")
                .asText()).contains("<route id=\"commit-batch\"", "id=\"to-store-batch\"");
        assertThat(call("""
                {"type":"exec","mbean":"%s","operation":"stop()"}""".formatted(ROUTE)).path("status").asInt())
                .isEqualTo(403);
        assertThat(call("""
                {"type":"write","mbean":"java.lang:type=Memory","attribute":"Verbose","value":true}""")
                .path("status").asInt()).isEqualTo(403);
        assertThat(call("""
                {"type":"read","mbean":"java.lang:type=Runtime","attribute":"SystemProperties"}""")
                .path("status").asInt()).isEqualTo(403);
        assertThat(observer.camel().getRouteController().getRouteStatus("receive").isStarted()).isTrue();
    }

    @Test
    void aPathNamesABeanToo() throws Exception {
        observer = on().startHere();

        HttpResponse<String> answer = send(at(settings.managementPort(), "/read/org.apache.camel:context=chat21,"
                + "type=routes,name=%22receive%22/RouteId"));

        assertThat(JSON.readTree(answer.body()).path("value").asText()).isEqualTo("receive");
    }

    @Test
    void itIsAtTheManagementPortOnly() throws Exception {
        observer = on().startHere();

        assertThat(send(at(settings.managementPort(), "/version")).statusCode()).isEqualTo(200);
        assertThat(send(at(settings.restPort(), "/version")).statusCode()).isEqualTo(404);
    }

    @Test
    void aPageOfAnotherSiteIsRefused() throws Exception {
        observer = on().startHere();

        String answer = send(at(settings.managementPort(), "/version").header("Origin", "https://evil.example")).body();

        assertThat(JSON.readTree(answer).path("status").asInt()).isEqualTo(403);
    }

    @Test
    void whoMayWriteMayChangeWhatRuns() throws Exception {
        observer = on().set("chat21.jolokia.read-only", "JOLOKIA_READ_ONLY", "false").startHere();

        assertThat(call("""
                {"type":"exec","mbean":"%s","operation":"stop()"}""".formatted(ROUTE)).path("status").asInt())
                .isEqualTo(200);
        assertThat(observer.camel().getRouteController().getRouteStatus("receive").isStopped()).isTrue();
    }

    @Test
    void withATokenNobodyElseGetsIn() throws Exception {
        observer = on().set("chat21.jolokia.token", "JOLOKIA_TOKEN", "let-me-look").startHere();

        HttpResponse<String> refused = send(at(settings.managementPort(), "/version"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(send(at(settings.managementPort(), "/version").header("Authorization", "Bearer let-me-look"))
                .statusCode()).isEqualTo(200);
    }

    @Test
    void othersAreNotServedWithoutAToken() {
        on().set("camel.management.host", "MANAGEMENT_HOST", "0.0.0.0");

        assertThatThrownBy(() -> observer = settings.startHere()).hasStackTraceContaining("set JOLOKIA_TOKEN");
    }

    private ObserverSettings on() {
        return settings.set("chat21.jolokia.enabled", "JOLOKIA_ENABLED", "true");
    }

    private JsonNode call(String request) throws IOException, InterruptedException {
        return JSON.readTree(send(at(settings.managementPort(), "")
                .POST(HttpRequest.BodyPublishers.ofString(request))).body());
    }

    private static HttpRequest.Builder at(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/jolokia" + path))
                .timeout(Patience.seconds(30));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
