package chat21.observer.flow.typing;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import chat21.observer.flow.inbox.News;
import chat21.observer.flow.inbox.ToldToInboxes;
import chat21.observer.message.Delivery;
import chat21.observer.message.Group;
import chat21.observer.message.Lookups;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Topic;

/**
 * Somebody types, or has stopped to: the peer, or the members of a small group, hear of it while it lasts. Nothing of it is
 * stored, and it is what goes first when there is much to do.
 */
public final class Typings {

    /** How long somebody types who does not say so again: afterwards it is of no use to tell. */
    public static final Duration LASTS = Duration.ofSeconds(6);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    // The oldest is forgotten; then one more than allowed may go on.
    private static final int MOST_REMEMBERED = 100_000;

    private final Payloads payloads;
    private final int maxMembers;
    private final BooleanSupplier isBusy;
    private final LongSupplier nanoTime;
    // Whether what went on last said that somebody types.
    private final Cache<Topic.Typing, Boolean> said;
    private final Counter dropped;

    /**
     * @param maxMembers the most members of a group that hear of it; in a larger group nobody does
     * @param isBusy     whether there is more to do than can be done at once
     */
    public Typings(Payloads payloads, int maxMembers, BooleanSupplier isBusy, MeterRegistry meters) {
        this(payloads, maxMembers, isBusy, meters, System::nanoTime);
    }

    Typings(Payloads payloads, int maxMembers, BooleanSupplier isBusy, MeterRegistry meters, LongSupplier nanoTime) {
        this.payloads = payloads;
        this.maxMembers = maxMembers;
        this.isBusy = isBusy;
        this.nanoTime = nanoTime;
        this.said = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(PAUSE).ticker(nanoTime::getAsLong)
                .build();
        this.dropped = Counter.builder("chat21_typings_dropped")
                .description("What users said of their typing that went no further: too often, too late, or too much to do")
                .register(meters);
    }

    /**
     * Reads whether somebody types: {@code {"typing":true|false}}.
     *
     * @throws Refusal if the payload says neither
     */
    public Typing read(Delivery delivery) {
        JsonNode typing = payloads.read(delivery.body()).path("typing");
        if (!typing.isBoolean()) {
            throw new Refusal(Reason.BAD_FIELD, "typing must be true or false");
        }
        return new Typing(delivery, (Topic.Typing) delivery.topic(), typing.booleanValue());
    }

    /**
     * Whether it goes on: once in two seconds for a sender and conversation, and the end of what has gone on; what comes again,
     * or while there is much to do, does not.
     */
    public boolean isTimely(Typing typing) {
        boolean timely = !typing.delivery().redelivered() && !isBusy.getAsBoolean() && isFirst(typing);
        if (!timely) {
            dropped.increment();
        }
        return timely;
    }

    private boolean isFirst(Typing typing) {
        Boolean before = said.getIfPresent(typing.topic());
        if (before != null && (typing.typing() || !before)) {
            return false;
        }
        said.put(typing.topic(), typing.typing());
        return true;
    }

    /** Finds who hears of it: the peer, or the other members of a group that the sender is in, but for who has blocked it. */
    public TypingNews listeners(Typing typing) {
        Topic.Typing topic = typing.topic();
        Lookups found = typing.delivery().lookups();
        if (found.isBanned(topic.app(), topic.sender())) {
            throw Refusal.withoutLetter(Reason.SENDER_BANNED, "sender is banned from the app");
        }
        Group group = found.group(topic.app(), topic.recipient());
        boolean isOfGroup = group != null || Ids.isOfGroup(topic.recipient());
        byte[] body = body(typing);
        return new TypingNews(recipients(topic, group, isOfGroup).stream()
                .filter(user -> !user.equals(topic.sender()) && !found.isBlocked(topic.app(), user, topic.sender()))
                .map(user -> new News(topic.app(), user, isOfGroup ? topic.recipient() : topic.sender(), body)).toList());
    }

    private Set<String> recipients(Topic.Typing topic, Group group, boolean isOfGroup) {
        if (!isOfGroup) {
            return Set.of(topic.recipient());
        }
        boolean hears = group != null && group.members().size() <= maxMembers && group.members().contains(topic.sender());
        return hears ? group.members() : Set.of();
    }

    private byte[] body(Typing typing) {
        long now = typing.delivery().receivedAt();
        ObjectNode json = payloads.newObject().put("typing", typing.typing()).put("sender", typing.topic().sender())
                .put("recipient", typing.topic().recipient())
                .put("until", typing.typing() ? now + LASTS.toMillis() : now);
        return payloads.write(json);
    }

    /** What a client says of its user's typing. */
    public record Typing(Delivery delivery, Topic.Typing topic, boolean typing) {
    }

    /** What those who hear of it are told, as long as it lasts. */
    public record TypingNews(List<News> news) implements ToldToInboxes {

        @Override
        public Duration lasts() {
            return LASTS;
        }
    }
}
