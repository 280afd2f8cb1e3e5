package chat21.observer.api.rest;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.database.Statement;
import chat21.observer.flow.block.BlockLists;
import chat21.observer.message.Payloads;

/** Whom a user does not want to hear, and whom an app does not let send. */
final class BlockRoutes extends ApiRoutes {

    private final BlockLists lists;

    BlockRoutes(TokenCheck tokens, Payloads payloads, BlockLists lists) {
        super(tokens, payloads);
        this.lists = lists;
    }

    @Override
    void describe() {
        list("/api/{app}/{user}/blocks", "list-blocks", "Lists whom a user has blocked.",
                request -> request.bySelfOrAdmin("user"), new Statement("blocks", "list-blocks"));
        put("/api/{app}/{user}/blocks/{other}", "block-user", "Blocks another user.", request -> {
            lists.block(request.bySelfOrAdmin("user").app(), request.id("user"), request.id("other"));
            return Answer.success(200);
        });
        delete("/api/{app}/{user}/blocks/{other}", "unblock-user", "Blocks another user no longer.", request -> {
            lists.unblock(request.bySelfOrAdmin("user").app(), request.id("user"), request.id("other"));
            return Answer.success(200);
        });
        list("/api/{app}/bans", "list-bans", "Lists the users that may not send.", Request::byAdmin,
                new Statement("blocks", "list-bans"));
        put("/api/{app}/bans/{user}", "ban-user", "Lets a user send nothing.", request -> {
            lists.ban(request.byAdmin().app(), request.id("user"));
            return Answer.success(200);
        });
        delete("/api/{app}/bans/{user}", "unban-user", "Lets a user send again.", request -> {
            lists.unban(request.byAdmin().app(), request.id("user"));
            return Answer.success(200);
        });
    }
}
