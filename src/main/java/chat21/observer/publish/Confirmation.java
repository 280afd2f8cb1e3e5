package chat21.observer.publish;

import java.io.IOException;

/** What the broker still has to say of something published. */
@FunctionalInterface
public interface Confirmation {

    /**
     * Returns when the broker has taken responsibility for all of it.
     *
     * @throws IOException if it refused some, or the connection was lost
     */
    void await() throws IOException, InterruptedException;
}
