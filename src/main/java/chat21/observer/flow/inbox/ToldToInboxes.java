package chat21.observer.flow.inbox;

import java.time.Duration;
import java.util.List;

/** What an endpoint {@code inbox:…} takes, besides copies of messages. */
public interface ToldToInboxes {

    /** What each of the inboxes is told. */
    List<News> news();

    /** How long it is worth telling: what nobody has taken by then is gone. Null if it is for good. */
    default Duration lasts() {
        return null;
    }
}
