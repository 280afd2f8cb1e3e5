package chat21.observer.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSettingsTest {

    @Test
    void whatTheUrlSaysItselfStays() {
        assertThat(settings("jdbc:h2:file:./data/chat;cache_size=1024").effectiveUrl())
                .startsWith("jdbc:h2:file:./data/chat;cache_size=1024;").contains(";DB_CLOSE_DELAY=-1")
                .doesNotContain(";CACHE_SIZE=");
    }

    @Test
    void postgresIsNotWaitedForWithoutEnd() {
        assertThat(settings("jdbc:postgresql://db/chat").effectiveUrl()).isEqualTo("jdbc:postgresql://db/chat"
                + "?connectTimeout=3&socketTimeout=15&tcpKeepAlive=true&hostRecheckSeconds=2&ApplicationName=chat21-camel");
        assertThat(settings("jdbc:postgresql://a,b/chat?targetServerType=any&socketTimeout=60").effectiveUrl())
                .startsWith("jdbc:postgresql://a,b/chat?targetServerType=any&socketTimeout=60&connectTimeout=3&")
                .containsOnlyOnce("socketTimeout=").containsOnlyOnce("targetServerType=");
    }

    @Test
    void ofSeveralHostsThePrimaryIsTaken() {
        assertThat(settings("jdbc:postgresql://a:5432,b:5432/chat").effectiveUrl()).contains("&targetServerType=primary&");
        assertThat(settings("jdbc:postgresql://a:5432,b:5432/chat").schemaUrl()).contains("&targetServerType=primary&");
        assertThat(settings("jdbc:postgresql://db/chat?options=-c%20search_path=a,b").effectiveUrl())
                .doesNotContain("targetServerType");
    }

    @Test
    void aChangeOfTheSchemaTakesAsLongAsItTakes() {
        assertThat(settings("jdbc:postgresql://db/chat").schemaUrl()).contains("&socketTimeout=0&");
    }

    @Test
    void whoWaitsForALockGivesUpBeforeTheConnectionIs() {
        assertThat(settings("jdbc:postgresql://db/chat").initStatement()).endsWith("set lock_timeout = 13000");
    }

    @Test
    void theFolderOfAFileThatIsMadeIsForItsOwnerAlone(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Database.open(settings("jdbc:h2:file:" + data.resolve("chat") + ";CACHE_SIZE=1024")).close();

        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(settings("jdbc:h2:mem:x").file()).isNull();
        assertThat(settings("jdbc:h2:file:~/chat").file()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:file:./data/chat, true", "jdbc:h2:./data/chat, true", "jdbc:h2:mem:chat, false",
            "jdbc:h2:tcp://db/chat, false", "jdbc:postgresql://db/chat, false"})
    void onlyAFileOfThisProcessNeedsAJournal(String url, boolean needs) {
        assertThat(settings(url).isEmbeddedFile()).isEqualTo(needs);
    }

    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings(url, "chat21", "", 2, 5_000, false);
    }
}
