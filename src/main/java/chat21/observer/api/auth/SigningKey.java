package chat21.observer.api.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import chat21.observer.settings.Settings;
import chat21.observer.settings.StartFailure;

/**
 * The shared key that tokens are signed with.
 *
 * @param text     the key itself; empty if tokens are signed with none
 * @param isOurOwn whether it was made here and given to nobody else
 */
public record SigningKey(String text, boolean isOurOwn) {

    private static final int LEAST_BYTES = 32;
    private static final String USUAL_FILE = "data/jwt.key";

    /**
     * The key that the settings give, else none where there are published keys, else that in the file.
     *
     * @throws StartFailure if it is too short, or its file cannot be used
     */
    public static SigningKey of(Settings settings) {
        String given = settings.text("chat21.jwt-key");
        if (given.isEmpty() && !settings.text("chat21.jwt-jwks").isEmpty()) {
            return new SigningKey("", false);
        }
        return of(given, settings.text("chat21.jwt-key-weak").equals("allow"), Path.of(settings.required("chat21.jwt-key-file")));
    }

    /**
     * The key of a command that is run in an environment.
     *
     * @param folder where the usual file is found from
     */
    public static SigningKey of(Map<String, String> environment, Path folder) {
        String file = environment.getOrDefault("JWT_KEY_FILE", "");
        return of(environment.getOrDefault("JWT_KEY", "").strip(), environment.getOrDefault("JWT_KEY_WEAK", "").equals("allow"),
                folder.resolve(file.isEmpty() ? USUAL_FILE : file));
    }

    private static SigningKey of(String given, boolean mayBeWeak, Path file) {
        boolean isOurOwn = given.isEmpty();
        String key = isOurOwn ? inFile(file) : given;
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < LEAST_BYTES && !(mayBeWeak && bytes > 0)) {
            throw new StartFailure((isOurOwn ? "The key in " + file : "JWT_KEY") + " has " + bytes + " bytes and must have at"
                    + " least " + LEAST_BYTES + ", since a shorter one can be guessed from any token: take a longer one here and"
                    + " at the broker, as openssl rand -hex 32 makes it, or set JWT_KEY_WEAK=allow to keep it.", null);
        }
        return new SigningKey(key, isOurOwn);
    }

    private static String inFile(Path file) {
        try {
            return KeyFile.findOrMake(file);
        } catch (IOException e) {
            throw new StartFailure("There is no JWT_KEY, and the file " + file + " (JWT_KEY_FILE) for one cannot be used: "
                    + e + ".", e);
        }
    }

    @Override
    public String toString() {
        return isOurOwn ? "a key of our own" : "a given key";
    }
}
