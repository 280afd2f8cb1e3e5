package chat21.observer.api.rest;

/** Says why a request is not answered as asked; expected traffic, so without a stack trace. */
public final class RestError extends RuntimeException {

    private final int status;

    /**
     * @param status the HTTP status
     * @param text   what the caller reads: which field or right, and which rule
     */
    public RestError(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    /** The caller may not do this. */
    public static RestError denied(String text) {
        return new RestError(401, text);
    }

    /** What the request names is not there. */
    public static RestError notFound(String text) {
        return new RestError(404, text);
    }

    /** The request breaks a rule. */
    public static RestError bad(String text) {
        return new RestError(400, text);
    }

    public int status() {
        return status;
    }
}
