package chat21.observer.api.push;

/**
 * How Firebase Cloud Messaging is reached.
 *
 * @param api         the address of its HTTP v1 API
 * @param tokens      where its access tokens come from
 * @param project     the Firebase project
 * @param clientEmail the service account
 * @param privateKey  the service account's key, as PEM
 */
public record FcmSettings(String api, String tokens, String project, String clientEmail, String privateKey) {

    @Override
    public String toString() {
        return "Firebase project " + project;
    }
}
