package chat21.observer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import chat21.observer.protocol.Scopes;

class TokenCommandTest {
    private static final String KEY = "a key of more than two hundred and fifty-six bits";

    @TempDir
    private Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aUserGetsTheLeastScopesOfTheDefaultApp() throws Exception {
        assertThat(run(Map.of(), "alice")).isZero();

        assertThat(claims().getStringListClaim("scope")).isEqualTo(Scopes.least("tilechat", "alice"));
        assertThat(claims().getStringClaim("tiledesk_api_roles")).isEqualTo("user");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theEnvironmentNamesTheKeyAndTheApp() throws Exception {
        assertThat(run(Map.of("JWT_KEY", KEY, "APP_ID", "shop"), "alice")).isZero();

        assertThat(claims().getStringClaim("app_id")).isEqualTo("shop");
        assertThat(SignedJWT.parse(out.toString().trim()).verify(new MACVerifier(KEY))).isTrue();
    }

    @Test
    void withoutAKeyTheOneOfTheInstallationSigns() throws Exception {
        assertThat(run(Map.of(), "alice")).isZero();

        String key = Files.readString(home.resolve("data/jwt.key")).strip();
        assertThat(SignedJWT.parse(out.toString().trim()).verify(new MACVerifier(key))).isTrue();
    }

    @Test
    void aKeyThatCanBeGuessedIsRefusedInOneSentence() {
        assertThat(run(Map.of("JWT_KEY", "tokenKey"), "alice")).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("JWT_KEY has 8 bytes and must have at least 32").doesNotContain("tokenKey");
    }

    @Test
    void theOptionForTheAppGoesBeforeTheEnvironment() throws Exception {
        assertThat(run(Map.of("APP_ID", "shop"), "alice", "--app", "desk")).isZero();

        assertThat(claims().getStringClaim("app_id")).isEqualTo("desk");
    }

    @Test
    void anAdminGetsTheAdminsRoleAndScopes() throws Exception {
        assertThat(run(Map.of(), "back-end", "--admin")).isZero();

        assertThat(claims().getStringListClaim("scope")).isEqualTo(Scopes.admin("tilechat"));
        assertThat(claims().getStringClaim("tiledesk_api_roles")).isEqualTo("admin");
    }

    @Test
    void wideScopesAreGivenOnDemand() throws Exception {
        assertThat(run(Map.of(), "alice", "--wide")).isZero();

        assertThat(claims().getStringListClaim("scope")).isEqualTo(Scopes.wide("tilechat", "alice"));
    }

    @Test
    void theDaysAreTheLifeOfTheToken() throws Exception {
        assertThat(run(Map.of(), "alice", "--days", "2")).isZero();

        assertThat(Duration.between(
                        claims().getIssueTime().toInstant(), claims().getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofDays(2));
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, The user id holds '.'",
        "a/b, The user id holds '/'",
        "a#b, The user id holds '#'",
        "a*b, The user id holds '*'",
        "a+b, The user id holds '+'",
        "a b, The user id holds white space",
        "'', The user id is empty",
    })
    void anIdThatWouldBreakATopicIsRefusedByName(String user, String reason) {
        assertThat(run(Map.of(), user)).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString()).contains(reason);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "3651", "many"})
    void anAbsurdNumberOfDaysIsRefused(String days) {
        assertThat(run(Map.of(), "alice", "--days", days)).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString()).contains("--days");
    }

    @Test
    void anAdminIsNotWideAsWell() {
        assertThat(run(Map.of(), "alice", "--admin", "--wide")).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString()).contains("exclude each other");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return new CommandLine(new TokenCommand(environment, home))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JWTClaimsSet claims() throws Exception {
        return SignedJWT.parse(out.toString().trim()).getJWTClaimsSet();
    }
}
