package chat21.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;

/** A start that cannot succeed ends at once, with one sentence that says what to do. */
class StartUpIT {

    private final TestBroker broker = TestBroker.shared();
    private final ObserverSettings settings = ObserverSettings.at(broker);

    @AfterEach
    void removeQueues() {
        try (AmqpClient amqp = AmqpClient.at(broker)) {
            settings.removeQueues(amqp);
        }
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of("PAYLOAD_MAX_DEPTH", "deep", "The setting chat21.payload.max-depth (PAYLOAD_MAX_DEPTH) must be a whole number"),
                Arguments.of("RABBITMQ_URI", "", "The setting chat21.broker.uri (RABBITMQ_URI) must not be empty."),
                Arguments.of("RABBITMQ_URI", "amqp://guest:secret@127.0.0.1:" + Ports.free(), "cannot be used"),
                Arguments.of("DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/none", "cannot be used"),
                Arguments.of("DATABASE_SYNC_TO_DISK", "maybe", "must be true or false, but is 'maybe'"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void aWrongSettingEndsTheStartWithOneSentence(String variable, String value, String sentence) {
        settings.set("unused", variable, value);

        assertEndsWith(sentence);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void aPortInUseEndsTheStartWithOneSentence(String property, String variable) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            settings.set(property, variable, String.valueOf(taken.getLocalPort()));

            assertEndsWith("Set another port with " + variable + ".");
        }
    }

    static Stream<Arguments> ports() {
        return Stream.of(Arguments.of("camel.management.port", "MANAGEMENT_PORT"),
                Arguments.of("chat21.rest.port", "REST_PORT"));
    }

    @Test
    void aStartRunsWhatLastWorkedOfABrokenFileTellsItAndIsReady() throws IOException {
        Path routes = settings.ownRoutes();
        try (ObserverProcess observer = settings.startProcess().awaitReady()) {
            observer.terminate();
            assertThat(observer.awaitEnd()).isEqualTo(143);
        }
        Path broken = routes.resolve("send-direct.yaml");
        Files.writeString(broken, Files.readString(broken).replace("ref: directCopies", "ref: directCopys"));
        String problem = broken + ", line 14: there is no bean named 'directCopys'; did you mean 'directCopies'?";

        try (ObserverProcess observer = settings.startProcess().awaitReady();
                ChatClient alice = ChatClient.connect(broker, "alice");
                ChatClient bob = ChatClient.connect(broker, "bob")) {
            alice.send("bob", "{\"text\":\"still there\"}");
            bob.awaitMessage("alice", "still there");
            assertThat(observer.output()).containsOnlyOnce(problem + " (as it last worked, it goes on)");
            assertThat(observer.management().get("health").body()).contains("send-direct.yaml, line 14");
            assertThat(observer.management().get("health/ready").status()).isEqualTo(200);
            assertThat(observer.management().metric("chat21_routes_problems")).isEqualTo(1);
        }
    }

    @Test
    void aStartWithoutAFlowNamesTheFileAndTheLine() throws IOException {
        Path receive = settings.ownRoutes().resolve("receive.yaml");
        Files.writeString(receive, Files.readString(receive).replace("- route:", "- rout:"));

        assertEndsWith(receive + ", line 2: Camel knows no step 'rout'");
    }

    @Test
    void aStopWhileNothingIsInFlightIsQuickAndQuiet() {
        try (ObserverProcess observer = settings.startProcess().awaitReady()) {
            observer.terminate();

            assertThat(observer.awaitEnd()).isEqualTo(143);
            assertThat(observer.errors()).isEmpty();
            assertThat(observer.output()).doesNotContain("\tat ");
        }
    }

    private void assertEndsWith(String sentence) {
        try (ObserverProcess observer = settings.startProcess()) {
            assertThat(observer.awaitEnd()).isEqualTo(1);
            assertThat(observer.errors().lines()).singleElement().asString()
                    .startsWith("chat21-camel cannot start. ").contains(sentence).doesNotContain("secret");
            assertThat(observer.output()).doesNotContain("\tat ").doesNotContain("secret");
        }
    }
}
