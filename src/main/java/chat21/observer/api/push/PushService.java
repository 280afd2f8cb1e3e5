package chat21.observer.api.push;

/** Whoever brings a note to a device. */
@FunctionalInterface
public interface PushService {

    /**
     * Brings a note to a device.
     *
     * @return false if the device is gone for good, so that nothing need be sent there again
     * @throws PushFailure if it was not brought, and it is not the device's fault
     */
    boolean push(Instance instance, PushNote note) throws PushFailure, InterruptedException;
}
