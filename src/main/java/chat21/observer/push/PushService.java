package chat21.observer.push;

import java.io.IOException;

/** Whoever brings a note to a device. */
@FunctionalInterface
public interface PushService {

    /**
     * Brings a note to a device.
     *
     * @return false if the device is gone for good, so that nothing need be sent there again
     * @throws IOException if it could not be brought this time
     */
    boolean push(Instance instance, PushNote note) throws IOException, InterruptedException;
}
