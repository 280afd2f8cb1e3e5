package chat21.observer.api.gate;

/**
 * Whose an MQTT client id is.
 *
 * @param app       the app of the user
 * @param user      the user's id
 * @param admin     whether the user came with a back end's token the last time
 * @param expiresAt when that token ends, in ms; 0 if it does not
 */
record ClientOwner(String app, String user, boolean admin, long expiresAt) {

    boolean isSameUser(ClientOwner other) {
        return app.equals(other.app) && user.equals(other.user);
    }
}
