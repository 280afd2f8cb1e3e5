package chat21.observer.flow.inbox;

import java.util.List;

/**
 * Something that the clients of one inbox are told, besides copies of messages.
 *
 * @param app   the app
 * @param owner whose inbox it is
 * @param about what it is about, as it stands in the topic: a peer or a group, or a peer and a message's id
 * @param body  the JSON that the clients read; not to be changed
 */
public record News(String app, String owner, String about, byte[] body) implements ToldToInboxes {

    @Override
    public List<News> news() {
        return List.of(this);
    }
}
