package chat21.observer.flow.inbox;

import java.util.List;

/** What an endpoint {@code inbox:…} takes, besides copies of messages. */
public interface ToldToInboxes {

    /** What each of the inboxes is told. */
    List<News> news();
}
