package chat21.observer.api.rest;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.flow.conversation.ConversationReads;
import chat21.observer.flow.history.MessageReads;
import chat21.observer.flow.history.Page;
import chat21.observer.message.Payloads;

/** What clients read when they open: their conversations and the messages in them. */
final class HistoryRoutes extends ApiRoutes {

    private final ConversationReads conversations;
    private final MessageReads messages;

    HistoryRoutes(TokenCheck tokens, Payloads payloads, ConversationReads conversations, MessageReads messages) {
        super(tokens, payloads);
        this.conversations = conversations;
        this.messages = messages;
    }

    @Override
    void describe() {
        // A path that names archived comes before the one that would take this word for a peer.
        get("/api/{app}/{user}/conversations", "list-conversations", "Lists a user's open conversations.",
                request -> list(request, false));
        get("/api/{app}/{user}/conversations/archived", "list-conversations-archived",
                "Lists a user's archived conversations.", request -> list(request, true));
        get("/api/{app}/{user}/archived_conversations", "list-archived-conversations",
                "Lists a user's archived conversations, under its other name.", request -> list(request, true));
        get("/api/{app}/{user}/conversations/{peer}", "get-conversation",
                "Gives a user's open conversation with a peer.", request -> one(request, false));
        get("/api/{app}/{user}/archived_conversations/{peer}", "get-archived-conversation",
                "Gives a user's archived conversation with a peer.", request -> one(request, true));
        get("/api/{app}/{user}/conversations/{peer}/messages", "list-messages",
                "Lists the messages between a user and a peer.", this::messages);
    }

    private Answer list(Request request, boolean archived) throws Exception {
        request.bySelfOrAdmin("user");
        return Answer.json(conversations.list(request.app(), request.id("user"), archived, Page.of(request.query()),
                request.room()));
    }

    private Answer one(Request request, boolean archived) throws Exception {
        request.bySelfOrAdmin("user");
        return Answer.json(conversations.one(request.app(), request.id("user"), request.id("peer"), archived));
    }

    private Answer messages(Request request) throws Exception {
        request.bySelfOrAdmin("user");
        return Answer.json(messages.json(request.app(), request.id("user"), request.id("peer"),
                Page.of(request.query()), request.room()));
    }
}
