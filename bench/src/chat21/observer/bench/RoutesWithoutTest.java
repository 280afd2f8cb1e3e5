package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesWithoutTest {

    private static final Path ROUTES = Path.of("routes");

    @TempDir
    private Path folder;

    @Test
    void aStepIsMissingAndTheOthersAreThere() throws IOException {
        RoutesWithout.copy(ROUTES, folder, "anything-to-store");

        assertThat(Files.readString(folder.resolve("commit-batch.yaml"))).doesNotContain("store-batch")
                .contains("publish-batch", "look-up-groups-and-blocks");
        assertThat(folder.resolve("receive.yaml")).exists();
    }

    @Test
    void severalStepsAreMissing() throws IOException {
        RoutesWithout.copy(ROUTES, folder, "anything-to-store+to-store-portion");

        assertThat(Files.readString(folder.resolve("commit-batch.yaml"))).doesNotContain("to-store-batch");
        assertThat(Files.readString(folder.resolve("commit-portion.yaml"))).doesNotContain("to-store-portion")
                .contains("publish-portion");
    }

    @Test
    void inThePlaceOfAStepThatPublishesTheLoadIsTold() throws IOException {
        RoutesWithout.copy(ROUTES, folder, "publish-batch+publish-portion");

        assertThat(Files.readString(folder.resolve("commit-batch.yaml"))).contains("without-publish-batch",
                "chat21.observer.bench.Arrivals").doesNotContain("batchPublisher");
        assertThat(Files.readString(folder.resolve("commit-portion.yaml"))).contains("without-publish-portion");
    }

    @Test
    void anUnknownStepIsRefused() {
        assertThatThrownBy(() -> RoutesWithout.copy(ROUTES, folder, "anything-to-store+no-such-step"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no-such-step");
    }
}
