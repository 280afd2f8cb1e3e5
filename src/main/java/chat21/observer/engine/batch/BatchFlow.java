package chat21.observer.engine.batch;

/** The routes that a batch goes through. Each returns null when all went well, else what went wrong. */
public interface BatchFlow {

    /** Stores the batch and publishes what comes of it. */
    Exception commit(Batch batch);

    /** Waits until the broker has confirmed what was published, and acknowledges the batch. */
    Exception acknowledge(Batch batch);
}
