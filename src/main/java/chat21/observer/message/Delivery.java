package chat21.observer.message;

import java.util.UUID;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.Channel;

import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Topic;
import chat21.observer.protocol.Topics;

/** One message as the broker handed it over, and what became of it. */
public final class Delivery extends BatchItem {

    private final String queue;
    private final String routingKey;
    private final byte[] body;
    private final boolean redelivered;
    private final Channel channel;
    private final long tag;
    private final long receivedAt;
    private final String newMessageId;
    private String waitingQueue;
    private FanOut fanOut;
    private FirstAttempt firstAttempt;
    private FirstAttempt resent;
    private boolean duplicate;
    private boolean judged;
    private final long takenAt = System.nanoTime();
    private Topic topic;
    private Refusal badTopic;
    private Lookups lookups = Lookups.none();
    private Refusal unread;
    private boolean letGo;
    private Boolean withinLimit;
    private boolean vouched;

    public Delivery(String queue, String routingKey, byte[] body, boolean redelivered, Channel channel, long tag,
            long receivedAt, UUID newMessageId) {
        this.queue = queue;
        this.routingKey = routingKey;
        this.body = body;
        this.redelivered = redelivered;
        this.channel = channel;
        this.tag = tag;
        this.receivedAt = receivedAt;
        this.newMessageId = newMessageId.toString();
    }

    @Override
    public Delivery delivery() {
        return this;
    }

    /** Says that what was held back of it is on its way. */
    public void begin(FanOut what) {
        fanOut = what;
    }

    /** Where what was held back of it is on its way; null where there is no such thing. */
    public FanOut fanOut() {
        return fanOut;
    }

    /** The queue that it came from. */
    public String queue() {
        return queue;
    }

    public String routingKey() {
        return routingKey;
    }

    /** The payload as it came; not to be changed. */
    public byte[] body() {
        return body;
    }

    /** Whether the broker has handed it over before and got no acknowledgement. */
    public boolean redelivered() {
        return redelivered;
    }

    /** The channel on which it must be acknowledged. */
    public Channel channel() {
        return channel;
    }

    /** The delivery tag, growing within its channel. */
    public long tag() {
        return tag;
    }

    /** When it was taken from the broker, in ms since 1970. */
    public long receivedAt() {
        return receivedAt;
    }

    /** The id that it was given when it came. */
    public String givenId() {
        return newMessageId;
    }

    /** Says that somebody waits at a queue for what becomes of it. */
    public void waitedForAt(String queue) {
        this.waitingQueue = queue;
    }

    /** The queue where somebody waits for what becomes of it, or null. */
    public String waitingQueue() {
        return waitingQueue;
    }

    /** The id of the message in it: that of what its client resends or of its first attempt, where there is such a thing. */
    public String messageId() {
        FirstAttempt before = before();
        return before == null ? newMessageId : before.messageId();
    }

    private FirstAttempt before() {
        return resent == null ? firstAttempt : resent;
    }

    /** The timestamp of its first attempt in ms, or 0 where there was none. */
    public long firstTimestamp() {
        FirstAttempt before = before();
        return before == null ? 0 : before.timestamp();
    }

    /** Whether it is stored, by an earlier attempt or as what its client resends. */
    @Override
    public boolean alreadyStored() {
        return before() != null;
    }

    /** Whether its client has sent it before, in another delivery. */
    public boolean isResend() {
        return resent != null;
    }

    /** Says that this delivery was stored before, and as what. */
    public void recognise(FirstAttempt attempt) {
        this.firstAttempt = attempt;
        this.duplicate = true;
    }

    /** Says that it was looked for among what was stored before, whatever came of that. */
    public void judged() {
        judged = true;
    }

    /** Whether it did not come before, or was not stored then. */
    public boolean isKnownToBeNew() {
        return !redelivered || judged;
    }

    /** When it was taken over, as {@link System#nanoTime()}. */
    public long takenAt() {
        return takenAt;
    }

    /** Says, for this attempt, that its client has sent it before, and as what that was stored. */
    public void resendOf(FirstAttempt first) {
        this.resent = first;
    }

    /** Whether it came again after it had been stored. */
    public boolean wasDuplicate() {
        return duplicate || isResend();
    }

    @Override
    public void markStored() {
        if (before() == null && decision().message() != null) {
            firstAttempt = new FirstAttempt(newMessageId, decision().message().timestamp());
            keepAnnouncements();
        } else if (decision().change() != null) {
            keepAnnouncements();
        }
    }

    /** Whether an attempt of this process or of another may have stored it already. */
    public boolean mayBeStored() {
        return redelivered || attempts() > 1;
    }

    /**
     * What the routing key says.
     *
     * @throws chat21.observer.protocol.Refusal if it has none of the known shapes
     */
    public Topic topic() {
        if (badTopic != null) {
            throw badTopic;
        }
        if (topic == null) {
            try {
                topic = Topics.parse(routingKey);
            } catch (Refusal e) {
                badTopic = e;
                throw e;
            }
        }
        return topic;
    }

    /** How its topic ends, such as {@code messages.*.outgoing}; {@code unknown} if it has none of the known shapes. */
    public String suffix() {
        try {
            return topic().kind().suffix();
        } catch (Refusal e) {
            return "unknown";
        }
    }

    /** What it is about, as routers of earlier versions ask, such as {@code outgoing}; {@code unknown} if no route is for such a topic. */
    public String kind() {
        try {
            return topic().kind().label();
        } catch (Refusal e) {
            return "unknown";
        }
    }

    /** Groups, blocks and bans that concern it, looked up once per batch. */
    public Lookups lookups() {
        return lookups;
    }

    public void lookups(Lookups found) {
        this.lookups = found;
    }

    /** Whether it is within its sender's limit: asked once, and remembered over all attempts. */
    public boolean onceWithinLimit(BooleanSupplier question) {
        if (withinLimit == null) {
            withinLimit = question.getAsBoolean();
        }
        return withinLimit;
    }

    /** Says that a back end answers for what is in it. */
    public Delivery vouch() {
        vouched = true;
        return this;
    }

    /** Says that it is refused whatever is in it, of which only the beginning is here. */
    public Delivery refuseUnread(Refusal why) {
        unread = why;
        return this;
    }

    /** Says that it is done; true for the first time. */
    public synchronized boolean letGo() {
        boolean isFirst = !letGo;
        letGo = true;
        return isFirst;
    }

    /** Whether a back end answers for what is in it, and not its sender alone. */
    public boolean isVouched() {
        return vouched;
    }

    @Override
    public void startAgain() {
        resent = null;
        lookups = Lookups.none();
        super.startAgain();
    }

    @Override
    void decideAgain(Decision anew) {
        if (unread != null) {
            anew.refuse(unread);
        }
    }
}
