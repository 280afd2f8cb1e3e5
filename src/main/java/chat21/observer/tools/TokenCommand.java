package chat21.observer.tools;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import chat21.observer.api.auth.SigningKey;
import chat21.observer.api.token.TokenSigner;
import chat21.observer.protocol.Scopes;
import chat21.observer.settings.StartFailure;

/** Prints a token on standard output: the command line's way to log somebody in. */
@Command(
        name = "bin/token",
        sortOptions = false,
        description = "Prints a token with which USER logs in to the broker (user name JWT, the token as password) "
                + "and to the REST API.",
        footer = {"", "Settings (environment): JWT_KEY, the key that signs; JWT_KEY_FILE, where it is else "
                + "(data/jwt.key); APP_ID (tilechat)."})
final class TokenCommand implements Callable<Integer> {
    private static final int MAX_DAYS = 3650;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "USER", description = "The user's id.")
    private String user;

    @Option(names = "--app", paramLabel = "A", description = "The app id, if not APP_ID.")
    private String app;

    @Option(names = "--admin", description = "A back end's token: the whole app, role admin.")
    private boolean admin;

    @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "Days until it expires (${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--wide",
            description = "The wide scopes of older deployments, with which a user can write into the own inbox.")
    private boolean wide;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    private final Map<String, String> environment;

    private final Path home;

    /** @param home the project's folder */
    TokenCommand(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    @Override
    public Integer call() {
        if (days < 1 || days > MAX_DAYS) {
            throw refusal("--days has to be 1 to " + MAX_DAYS + ".");
        }
        if (admin && wide) {
            throw refusal("--admin and --wide exclude each other.");
        }
        try {
            String appId = app == null ? DeadQueueCommand.setting(environment, "APP_ID", "tilechat") : app;
            TokenSigner signer = new TokenSigner(SigningKey.of(environment, home).text());
            TokenSigner.Role role = admin ? TokenSigner.Role.ADMIN : TokenSigner.Role.USER;
            String token = signer.sign(appId, user, role, scopes(appId), Duration.ofDays(days));
            spec.commandLine().getOut().println(token);
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException | StartFailure e) {
            throw refusal(e.getMessage());
        }
    }

    private List<String> scopes(String appId) {
        if (admin) {
            return Scopes.admin(appId);
        }
        return wide ? Scopes.wide(appId, user) : Scopes.least(appId, user);
    }

    private ParameterException refusal(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }
}
