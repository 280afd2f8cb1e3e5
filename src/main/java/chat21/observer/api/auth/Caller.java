package chat21.observer.api.auth;

import java.util.Map;

/**
 * Who calls, as a checked token says.
 *
 * @param app    the app that the token is for; empty if it names none
 * @param user   the user's id
 * @param admin  whether this is a back end of that app
 * @param claims all that the token says
 */
public record Caller(String app, String user, boolean admin, Map<String, Object> claims) {

    /** Whether the caller is that user. */
    public boolean is(String other) {
        return user.equals(other);
    }

    @Override
    public String toString() {
        return (admin ? "admin " : "user ") + user + " of " + app;
    }
}
