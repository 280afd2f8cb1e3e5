package chat21.observer.flow.history;

import java.util.List;

/**
 * What was read of a list.
 *
 * @param entries newest first
 * @param isLast  whether there is no more in that direction
 */
public record Part<T>(List<T> entries, boolean isLast) {
}
