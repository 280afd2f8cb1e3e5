package chat21.observer.bench;

import java.util.UUID;

/**
 * Users on a ring, each of whom writes with the ten behind and the ten before. Of a hundred such pairs one is busy, and
 * the busy ones share half of all messages, so that their histories have several pages. All follows from numbers.
 *
 * @param messages in all
 * @param users    in all
 * @param since    when the first message was sent, in ms since 1970; the others follow by the second
 */
record Population(int messages, int users, long since) {

    static final String APP = "tilechat";

    private static final int REACH = 10;
    private static final int BUSY_ONE_IN = 100;
    private static final int SECOND = 1_000;

    Population {
        if (users < BUSY_ONE_IN || messages < users) {
            throw new IllegalArgumentException("at least %d users, and a message for each, are needed".formatted(BUSY_ONE_IN));
        }
    }

    int pairs() {
        return users * REACH;
    }

    int busyPairs() {
        return pairs() / BUSY_ONE_IN;
    }

    /** The pair that is busy and has this number among the busy ones. */
    int busyPair(int number) {
        return number * BUSY_ONE_IN;
    }

    String one(int pair) {
        return user(pair / REACH);
    }

    String other(int pair) {
        return user((pair / REACH + pair % REACH + 1) % users);
    }

    String user(int number) {
        return "user-" + number;
    }

    long timestamp(int message) {
        return since + (long) message * SECOND;
    }

    /** In the order of time, as the observer's own are. */
    String messageId(int message) {
        return new UUID(timestamp(message) << 16 | 0x7000, message * 0x9E3779B97F4A7C15L >>> 2 | Long.MIN_VALUE).toString();
    }

    /** As the observer stores it. */
    String payload(int message, String sender, String recipient) {
        return ("{\"text\":\"Message %d, which is about as long as what people write to each other when they chat.\","
                + "\"type\":\"text\",\"sender_fullname\":\"The user %s\",\"recipient_fullname\":\"The user %s\","
                + "\"channel_type\":\"direct\",\"message_id\":\"%s\",\"sender\":\"%s\",\"recipient\":\"%s\","
                + "\"app_id\":\"%s\",\"timestamp\":%d}").formatted(message, sender, recipient, messageId(message), sender,
                recipient, APP, timestamp(message));
    }
}
