package chat21.observer;

import java.util.Set;

import org.apache.camel.spi.Registry;

import chat21.observer.database.Database;
import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.flow.block.SenderPolicy;
import chat21.observer.flow.inbox.Inboxes;
import chat21.observer.flow.inbox.Members;
import chat21.observer.flow.inbox.Outbox;
import chat21.observer.flow.limit.RateLimit;
import chat21.observer.flow.limit.RateLimitSettings;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Payloads;
import chat21.observer.message.Resends;
import chat21.observer.settings.Settings;

/** What the routes of a single message name. */
final class MessageWiring {

    private MessageWiring() {
    }

    static void bind(Registry registry, Settings settings, Payloads payloads, Database database) {
        Set<String> trusted = Set.copyOf(settings.list("chat21.group.trusted-senders"));
        registry.bind("rateLimit", new RateLimit(RateLimitSettings.of(settings), trusted));
        registry.bind("messageReader", new MessageReader(payloads));
        registry.bind("resends", new Resends(database, payloads));
        SenderPolicy senderPolicy = new SenderPolicy();
        registry.bind("senderPolicy", senderPolicy);
        registry.bind("isWelcome", AboutBody.is(InboxCopy.class, senderPolicy::isWelcome));
        Members members = new Members(settings.number("chat21.group.max-inline-members"), trusted);
        // Routes of earlier versions call its methods, as those of the inboxes.
        registry.bind("members", members);
        registry.bind("isGroup", AboutBody.is(ChatMessage.class, members::isGroup));
        Inboxes inboxes = new Inboxes(members);
        registry.bind("inboxes", inboxes);
        registry.bind("directCopies", AboutBody.of(ChatMessage.class, inboxes::ofDirect));
        registry.bind("groupCopies", AboutBody.of(ChatMessage.class, inboxes::ofGroup));
        registry.bind("outbox", new Outbox());
        registry.bind("refusals", new Refusals());
    }
}
