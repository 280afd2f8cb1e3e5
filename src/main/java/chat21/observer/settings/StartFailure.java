package chat21.observer.settings;

/** Says in one sentence why the application cannot start. */
public final class StartFailure extends RuntimeException {

    public StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What the innermost cause says, in one line. */
    public static String innermost(Throwable thrown) {
        Throwable t = thrown;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        String text = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
        return text.lines().findFirst().orElse("").strip();
    }
}
