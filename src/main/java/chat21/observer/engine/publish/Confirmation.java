package chat21.observer.engine.publish;

import java.io.IOException;

/** What the broker still has to say of something published. */
public interface Confirmation {

    /** Of nothing: it is confirmed. */
    Confirmation NONE = new Confirmation() {
        @Override
        public void await() {
            // Nothing is to come.
        }

        @Override
        public void await(long timeoutMs) {
            // Nothing is to come.
        }
    };

    /**
     * Returns when the broker has taken responsibility for all of it.
     *
     * @throws IOException if it refused some, or the connection was lost
     */
    void await() throws IOException, InterruptedException;

    /** Returns once the broker has said so or cannot any more, but after that time in ms at the latest. */
    void await(long timeoutMs) throws InterruptedException;
}
