package chat21.observer.api.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.testing.Patience;

class ContactsTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile String body = "{\"firstname\":\"Ada\",\"lastname\":\"Love\",\"fullname\":\"Ada Love\"}";
    private volatile boolean hang;
    private volatile String path;
    private HttpServer server;
    private Contacts contacts;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            path = exchange.getRequestURI().getRawPath();
            if (hang) {
                await(hanging);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        contacts = new Contacts("http://127.0.0.1:" + server.getAddress().getPort() + "/contacts/",
                Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        hanging.countDown();
        server.stop(0);
    }

    @Test
    void aUserIsCalledAsTheEndpointSaysAndAskedForOnce() {
        assertThat(contacts.of(List.of("ada"))).isEqualTo(Map.of("ada", new Contact("Ada Love", "Ada", "Love")));
        contacts.of(List.of("ada"));

        assertThat(asked).hasValue(1);
        assertThat(path).isEqualTo("/contacts/ada");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'firstname':'Ada','lastname':'Love'}|Ada Love|Ada|Love",
        "{'firstname':'Ada'}|Ada|Ada|",
        "{'lastname':'Love','fullname':''}|Love|Love|Love",
        "{'fullName':'Ada Love','firstName':'Ada'}|Ada Love|Ada|",
        "{'fullname':'Ada Love'}|Ada Love|Ada Love|",
        "{'fullname':' ','firstname':null}|ada|ada|",
    })
    void namesThatAreMissingAreMadeOfTheOthers(String answer, String full, String first, String last) {
        body = answer.replace('\'', '"');

        assertThat(contacts.of(List.of("ada")).get("ada"))
                .isEqualTo(new Contact(full, first, last == null ? "" : last));
    }

    @Test
    void anIdCannotLeadElsewhere() {
        contacts.of(List.of("a?b&c=ü"));

        assertThat(path).isEqualTo("/contacts/a%3Fb%26c%3D%C3%BC");
    }

    @Test
    void withoutAnEndpointUsersAreCalledByTheirIds() {
        assertThat(new Contacts("", Duration.ofSeconds(1)).of(List.of("ada")).get("ada"))
                .isEqualTo(new Contact("ada", "ada", ""));
    }

    @Test
    void errorsAndRedirectsAndNonsenseLeadToTheId() {
        for (int answer : new int[] {500, 404, 302}) {
            status = answer;
            assertThat(contacts.of(List.of("user" + answer)).get("user" + answer).fullname())
                    .isEqualTo("user" + answer);
        }
        status = 200;
        for (String nonsense : new String[] {"", "5", "{", "{\"fullname\":\"\"}", "x".repeat(100_000)}) {
            body = nonsense;
            String id = "user-" + nonsense.length();
            assertThat(contacts.of(List.of(id)).get(id).fullname()).isEqualTo(id);
        }
    }

    @Test
    void anEndpointThatHangsIsNotWaitedForLong() {
        hang = true;
        long before = System.nanoTime();

        assertThat(contacts.of(List.of("a", "b", "c")).get("b").fullname()).isEqualTo("b");
        assertThat(contacts.of(List.of("a", "b", "c")).get("c").fullname()).isEqualTo("c");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Patience.seconds(5));
        assertThat(asked).hasValueLessThanOrEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
