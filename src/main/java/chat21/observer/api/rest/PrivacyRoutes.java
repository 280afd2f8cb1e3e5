package chat21.observer.api.rest;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.privacy.Deletions;
import chat21.observer.api.privacy.UserExport;
import chat21.observer.message.Payloads;

/** What back ends take out of the system for good, and what they hand a user of it. */
final class PrivacyRoutes extends ApiRoutes {

    private final Deletions deletions;
    private final UserExport export;

    PrivacyRoutes(TokenCheck tokens, Payloads payloads, Deletions deletions, UserExport export) {
        super(tokens, payloads);
        this.deletions = deletions;
        this.export = export;
    }

    @Override
    void describe() {
        delete("/api/{app}/{group}/conversations/timelines", "delete-group-conversations",
                "Takes a group out of all lists of conversations.", request -> {
                    deletions.groupConversations(request.byAdmin().app(), request.id("group"));
                    return Answer.success(200);
                });
        delete("/api/{app}/{group}/messages/timelines", "delete-group-messages",
                "Takes the messages of a group out of all inboxes.", request -> {
                    deletions.groupMessages(request.byAdmin().app(), request.id("group"));
                    return Answer.success(200);
                });
        get("/api/{app}/{user}/data", "export-user-data", "Gives all that is kept for a user, as JSON lines.",
                request -> Answer.lines(export.of(request.byAdmin().app(), request.id("user"))));
        delete("/api/{app}/{user}/data", "delete-user-data", "Deletes all that is kept for a user.", request -> {
            deletions.user(request.byAdmin().app(), request.id("user"));
            return Answer.success(200);
        });
    }
}
