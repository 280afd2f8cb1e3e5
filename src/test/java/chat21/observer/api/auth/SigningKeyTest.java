package chat21.observer.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.settings.SettingsFile;
import chat21.observer.settings.StartFailure;

class SigningKeyTest {

    private static final String LONG = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void withoutAKeyOneIsMadeForItsOwnerAloneAndFoundAgain() throws IOException {
        SigningKey made = of(Map.of());

        Path file = folder.resolve("data/jwt.key");
        assertThat(made.text()).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(made.isOurOwn()).isTrue();
        assertThat(of(Map.of())).isEqualTo(made);
        assertThat(SigningKey.of(Map.of(), folder)).isEqualTo(made);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(file.getParent())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void ofManyThatMakeOneAtTheSameTimeAllHaveTheSame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> task = () -> KeyFile.findOrMake(folder.resolve("data/jwt.key"));
            List<Future<String>> found = threads.invokeAll(java.util.Collections.nCopies(64, task));

            assertThat(found).extracting(Future::get).containsOnly(found.get(0).get());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aKeyThatIsGivenCountsAndIsNobodysOwn() {
        assertThat(of(Map.of("chat21.jwt-key", LONG))).isEqualTo(new SigningKey(LONG, false));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aShortKeyIsRefusedUnlessItIsAllowed() {
        assertThatThrownBy(() -> of(Map.of("chat21.jwt-key", "tokenKey"))).isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("JWT_KEY has 8 bytes and must have at least 32").hasMessageContaining("JWT_KEY_WEAK=allow")
                .hasMessageNotContaining("tokenKey");
        assertThat(of(Map.of("chat21.jwt-key", "tokenKey", "chat21.jwt-key-weak", "allow")).text()).isEqualTo("tokenKey");
    }

    @Test
    void whereKeysArePublishedAndNoneIsGivenThereIsNoSharedOne() {
        assertThat(of(Map.of("chat21.jwt-jwks", "https://id.example/keys"))).isEqualTo(new SigningKey("", false));
        assertThat(of(Map.of("chat21.jwt-jwks", "https://id.example/keys", "chat21.jwt-key", LONG)).text()).isEqualTo(LONG);
    }

    @Test
    void aFileThatCannotBeMadeIsOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> of(Map.of("chat21.jwt-key-file", file.resolve("jwt.key").toString())))
                .isInstanceOf(StartFailure.class).hasMessageContaining("JWT_KEY_FILE");
    }

    private SigningKey of(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("chat21.jwt-key", "", "chat21.jwt-jwks", "",
                "chat21.jwt-key-file", folder.resolve("data/jwt.key").toString()));
        all.putAll(settings);
        return SigningKey.of(SettingsFile.read(Path.of("application.properties"), all));
    }
}
