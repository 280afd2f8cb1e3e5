package chat21.observer.api.push;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;

import chat21.observer.http.RetryAfter;

/** A note that was not brought to a device, and whether another try may bring it. */
public final class PushFailure extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean passes;
    private final long afterMs;

    private PushFailure(String message, Throwable cause, boolean passes, long afterMs) {
        super(message, cause);
        this.passes = passes;
        this.afterMs = afterMs;
    }

    /** A failure that passes: no answer came. */
    static PushFailure noAnswer(IOException e) {
        return new PushFailure(e.getMessage(), e, true, 0);
    }

    /** A failure that an answer tells of. */
    static PushFailure answered(String whoAndWhat, HttpResponse<?> answer) {
        return answered(whoAndWhat, answer.statusCode(), RetryAfter.ms(answer.headers(), Clock.systemUTC()));
    }

    static PushFailure answered(String whoAndWhat, int status, long afterMs) {
        return new PushFailure(whoAndWhat + ", status " + status, null, RetryAfter.mayPass(status), afterMs);
    }

    /** Whether another try may bring the note. */
    public boolean passes() {
        return passes;
    }

    /** For how long the service wants to be left alone, in ms; 0 where it does not say. */
    public long afterMs() {
        return afterMs;
    }
}
