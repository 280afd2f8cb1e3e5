package chat21.observer.message;

import java.util.Set;

/**
 * A stored group, as far as the delivery of messages needs it.
 *
 * @param app     the app it lives in
 * @param id      its id, which is also the recipient of its messages
 * @param members the ids of its members
 */
public record Group(String app, String id, Set<String> members) {
}
