package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one user who does nothing else can make others store in an hour, computed from the settings that ship. */
class GrowthTest {

    private static final Properties SETTINGS = read();
    private static final long MOST_BYTES = 100_000_000;
    // What RabbitMQ needs for a message beside its payload, measured on 3.10 with 24 full sessions, 80 MB on disk for 48 MB of
    // payloads; a dead letter has headers as well.
    private static final long BROKER_OVERHEAD = 340;
    private static final long DEAD_LETTER_OVERHEAD = BROKER_OVERHEAD + 360;
    // Rows with their places in the indexes, of the longest ids.
    private static final long ROW = 1_000;
    // Measured with eight groups of 1,000 on H2, 10.2 MB: what a member, its copies and its conversation take, for each copy.
    private static final long GROUP_COPY = 640;

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("what waits in sessions", setting("chat21.gate.max-client-ids")
                        * (setting("chat21.gate.session-max-bytes")
                        + setting("chat21.gate.session-max-messages") * BROKER_OVERHEAD)),
                Arguments.of("dead letters", setting("chat21.queues.dead-letters.max-bytes")
                        + setting("chat21.queues.dead-letters.max-length") * DEAD_LETTER_OVERHEAD),
                Arguments.of("groups and what they announce", GROUP_COPY * (setting("chat21.group.copies-at-once")
                        + 60 * setting("chat21.group.copies-per-minute"))),
                Arguments.of("groups' attributes", setting("chat21.group.max-attributes-bytes")),
                Arguments.of("push instances", setting("chat21.push.max-instances") * 4 * ROW),
                Arguments.of("blocks", setting("chat21.block.max-blocks") * ROW),
                Arguments.of("presence", setting("chat21.presence.max-clients") * ROW),
                Arguments.of("client ids", setting("chat21.gate.max-client-ids") * ROW));
    }

    @ParameterizedTest(name = "{0}: {1} bytes")
    @MethodSource("kinds")
    void noUserMakesOthersStoreMoreThanAHundredMegabytesAnHour(String kind, long bytes) {
        assertThat(bytes).as(kind).isPositive().isLessThanOrEqualTo(MOST_BYTES);
    }

    // The default alone, whatever the environment of the test says.
    private static long setting(String key) {
        return Long.parseLong(SETTINGS.getProperty(key).replaceAll(".*:(\\d+)}}", "$1"));
    }

    private static Properties read() {
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            Properties settings = new Properties();
            settings.load(file);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
