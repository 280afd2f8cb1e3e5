package chat21.observer.message;

/**
 * A change of stored state that one delivery asks for, and no more than a note of it: a route of its own makes it, within the
 * transaction of its batch and after everything that came before it. It may be made twice, when a delivery comes again, and
 * must then change nothing more; where stored state does not allow it, it is refused before it has changed anything.
 */
public interface Change {

    /** The name of the route that makes it, such as {@code raise-status}. */
    String name();
}
