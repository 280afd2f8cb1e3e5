package chat21.observer.settings;

import java.util.List;

/** Says which setting keeps the application from starting, and why; a sentence a line where there are several. */
public final class WrongSetting extends RuntimeException {

    public WrongSetting(String key, String problem) {
        super("The setting " + key + " " + problem + ".");
    }

    WrongSetting(List<String> sentences) {
        super(String.join("\n", sentences));
    }
}
