package chat21.observer;

/** Says in one sentence why the application cannot start. */
public final class StartFailure extends RuntimeException {

    public StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
