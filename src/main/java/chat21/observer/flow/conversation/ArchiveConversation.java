package chat21.observer.flow.conversation;

import chat21.observer.message.Change;
import chat21.observer.protocol.Topic.Archive;

/** A conversation is to leave the list of open ones for that of archived ones. */
public record ArchiveConversation(Archive topic) implements Change {

    @Override
    public String name() {
        return "move-to-archive";
    }
}
