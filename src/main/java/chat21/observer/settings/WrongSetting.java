package chat21.observer.settings;

/** Says which setting keeps the application from starting, and why. */
public final class WrongSetting extends RuntimeException {

    public WrongSetting(String key, String problem) {
        super("The setting " + key + " " + problem + ".");
    }
}
