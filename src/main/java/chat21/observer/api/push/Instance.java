package chat21.observer.api.push;

/**
 * A device, or a browser, on which a user is reached by push.
 *
 * @param app             the app
 * @param user            whose it is
 * @param id              the registration token that the push service gave it
 * @param deviceModel     as it says itself, or null
 * @param language        or null
 * @param platform        such as {@code ionic}, {@code android} or {@code ios}, or null
 * @param platformVersion or null
 */
public record Instance(String app, String user, String id, String deviceModel, String language, String platform,
        String platformVersion) {
}
