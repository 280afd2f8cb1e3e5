package chat21.observer.flow.presence;

import chat21.observer.message.Change;
import chat21.observer.protocol.Topic.Presence;

/**
 * A client of a user has come or gone.
 *
 * @param connected   whether it came
 * @param at          when, in ms since 1970
 * @param mayBeStored whether an earlier attempt may have stored it, and perhaps told nobody
 */
public record ChangePresence(Presence topic, boolean connected, long at, boolean mayBeStored) implements Change {

    @Override
    public String name() {
        return "change-presence";
    }
}
