package chat21.observer.settings.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jdbc:h2:file:./data/chat                       | jdbc:h2:file:./data/chat | | ",
        "jdbc:postgresql:chat                           | jdbc:postgresql:chat | | ",
        "jdbc:postgresql://a/db                         | jdbc:postgresql://a/db | | ",
        "jdbc:postgresql://a,b:5433/db?targetServerType=primary | jdbc:postgresql://a,b:5433/db?targetServerType=primary | | ",
        "jdbc:postgresql://me:p%40w@post_gres/db        | jdbc:postgresql://post_gres/db | me | p@w",
        "postgres://me:pw@h/db                          | jdbc:postgresql://h/db | me | pw",
        "postgresql://me:p@w@[::1]:5433,b/db            | jdbc:postgresql://[::1]:5433,b/db | me | p@w",
        "postgres://h                                   | jdbc:postgresql://h/ | | ",
        "postgres://me@h/db?sslmode=require&connect_timeout=3&target_session_attrs=read-write | jdbc:postgresql://h/db?sslmode=require&connectTimeout=3&targetServerType=primary | me | ''",
    })
    void aDatabaseIsNamedAsPeopleNameIt(String text, String url, String user, String password) {
        assertThat(DatabaseAddress.of(" " + text + " ")).isEqualTo(new DatabaseAddress(url, user, password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "mysql://me:secret@h/db", "jdbc:mysql://me:secret@h/db?password=secret",
        "mongodb://me:secret@a,b/db", "postgres://me:secret@h:port/db", "postgres:secret"})
    void whatIsNoneIsRefusedWithoutItsSecrets(String text) {
        assertThatThrownBy(() -> DatabaseAddress.of(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ").satisfies(e -> assertThat(
                        e.getMessage().replace("'secret'", "").replace("postgres:secret", "")).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:file:./a;PASSWORD=secret;X=1, jdbc:h2:file:./a;PASSWORD=***;X=1",
        "jdbc:postgresql://h/db?user=me&password=secret, jdbc:postgresql://h/db?***"})
    void whatIsShownHasNoSecrets(String text, String shown) {
        assertThat(DatabaseAddress.of(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://h/db?sslmode=verifyfull", "jdbc:postgresql://h/db?a=b&sslmode=true", "postgres://h/db?sslmode="})
    void aWayOfTlsThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> DatabaseAddress.of(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have an sslmode of disable, allow, prefer, require, verify-ca or verify-full");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://h/db?sslmode=verify-full, jdbc:postgresql://h/db?sslmode=verify-full&sslrootcert=%2Fetc%2Fmy+ca.pem",
        "jdbc:postgresql://h/db?sslmode=verify-ca&a=b, jdbc:postgresql://h/db?sslmode=verify-ca&a=b&sslrootcert=%2Fetc%2Fmy+ca.pem",
        "postgres://h/db?sslmode=verify-full&sslrootcert=x, jdbc:postgresql://h/db?sslmode=verify-full&sslrootcert=x",
        "postgres://h/db?sslmode=require, jdbc:postgresql://h/db?sslmode=require",
        "postgres://h/db, jdbc:postgresql://h/db",
        "jdbc:h2:file:./a, jdbc:h2:file:./a",
    })
    void oursIsTheAuthorityWhereTheAddressAsksForOneAndNamesNone(String text, String url) {
        assertThat(DatabaseAddress.of(text).trusting("/etc/my ca.pem").url()).isEqualTo(url);
        assertThat(DatabaseAddress.of(text).trusting("").url()).isEqualTo(DatabaseAddress.of(text).url());
    }
}
