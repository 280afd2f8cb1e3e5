package chat21.observer.conversation;

import chat21.observer.store.Change;
import chat21.observer.topic.Topic.Archive;

/** A conversation is to leave the list of open ones for that of archived ones. */
public record ArchiveConversation(Archive topic) implements Change {

    @Override
    public String name() {
        return "move-to-archive";
    }
}
