package chat21.observer;

import java.util.Set;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.spi.Registry;

import chat21.observer.database.Database;
import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.flow.block.SenderPolicy;
import chat21.observer.flow.conversation.Archives;
import chat21.observer.flow.conversation.ConversationJson;
import chat21.observer.flow.conversation.ConversationPatches;
import chat21.observer.flow.group.GroupUpdates;
import chat21.observer.flow.history.ReadyMessages;
import chat21.observer.flow.history.StoreReadyMessage;
import chat21.observer.flow.inbox.Inboxes;
import chat21.observer.flow.inbox.Members;
import chat21.observer.flow.inbox.Outbox;
import chat21.observer.flow.limit.RateLimit;
import chat21.observer.flow.limit.RateLimitSettings;
import chat21.observer.flow.presence.PresenceNews;
import chat21.observer.flow.presence.Presences;
import chat21.observer.flow.receipt.Receipts;
import chat21.observer.flow.store.Changes;
import chat21.observer.flow.typing.Typings;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Deleted;
import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Payloads;
import chat21.observer.message.Resends;
import chat21.observer.settings.Settings;

/** Makes the steps that what a client says passes by itself, before its batch. */
final class MessageWiring {

    private MessageWiring() {
    }

    /** Gives the routes of a single message what they name. */
    static void bindMessage(Registry registry, Settings settings, Payloads payloads, Database database) {
        Set<String> trusted = Set.copyOf(settings.list("chat21.group.trusted-senders"));
        registry.bind("rateLimit", new RateLimit(RateLimitSettings.of(settings), trusted));
        registry.bind("messageReader", new MessageReader(payloads));
        registry.bind("resends", new Resends(database, payloads));
        SenderPolicy senderPolicy = new SenderPolicy();
        registry.bind("senderPolicy", senderPolicy);
        registry.bind("topicSuffix", AboutBody.of(Delivery.class, Delivery::suffix));
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

    /**
     * Gives the routes of everything that is not a new message what they name.
     *
     * @param isBusy whether more than a batch waits: then whoever types has to wait for what is said
     */
    static void bindUpdates(Registry registry, Settings settings, Payloads payloads, MeterRegistry meters, BooleanSupplier isBusy) {
        Typings typings = new Typings(payloads, settings.number("chat21.typing.max-members"), isBusy, meters);
        registry.bind("changes", new Changes());
        registry.bind("receipts", new Receipts(payloads));
        registry.bind("conversationPatches", new ConversationPatches(payloads,
                Set.copyOf(settings.list("chat21.conversation.client-fields")),
                settings.number("chat21.conversation.max-client-bytes")));
        registry.bind("archives", new Archives(payloads, new ConversationJson(payloads)));
        registry.bind("presences", new Presences(payloads, settings.number("chat21.presence.max-clients")));
        registry.bind("presenceNews", new PresenceNews(payloads, settings.number("chat21.presence.max-told")));
        registry.bind("typings", typings);
        registry.bind("isTimely", AboutBody.is(Typings.Typing.class, typings::isTimely));
        registry.bind("groupUpdates", new GroupUpdates(payloads));
        registry.bind("readyMessages", new ReadyMessages(payloads, Deleted.dropped(meters, "ready-messages")));
        registry.bind("isDelivered", AboutBody.is(StoreReadyMessage.class, StoreReadyMessage::isDelivered));
    }
}
