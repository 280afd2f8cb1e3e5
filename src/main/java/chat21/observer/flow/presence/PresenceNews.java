package chat21.observer.flow.presence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.database.Statement;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.flow.inbox.News;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.RoutingKeys;

/**
 * Tells those who have an open conversation with a user that it came or went, as far as a bound allows: of the newest
 * conversations, and only so often a minute, since who comes and goes without end would make them all hear of it. What is
 * left out the REST API says.
 */
public final class PresenceNews {

    private static final Statement PARTNERS = new Statement("presence", "find-presence-partners");
    private static final int CHANGES_A_MINUTE = 20;
    private static final int MOST_USERS = 100_000;

    private final Payloads payloads;
    private final int maxTold;
    // A bucket that was left alone for a minute is as full as a new one.
    private final Cache<Key, Bucket> changes = Caffeine.newBuilder().maximumSize(MOST_USERS)
            .expireAfterAccess(Duration.ofSeconds(61)).build();

    /** @param maxTold the most users that are told of one; 0 tells nobody */
    public PresenceNews(Payloads payloads, int maxTold) {
        this.payloads = payloads;
        this.maxTold = maxTold;
    }

    /** Finds those who are told. */
    public UserPresence find(@Body UserPresence presence,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        String app = presence.topic().app();
        String user = presence.topic().user();
        if (maxTold == 0 || !changes.get(new Key(app, user), key -> bucket()).tryConsume(1)) {
            return presence;
        }
        byte[] body = payloads.write(payloads.newObject().put("user_id", user).put("online", presence.online())
                .put("last_seen", presence.at()));
        return presence.toldTo(PARTNERS.all(connection, row -> row.getString(1), app, user, maxTold, app, user, maxTold,
                user, app, user, maxTold).stream()
                .filter(partner -> RoutingKeys.ifItFits(() -> RoutingKeys.presenceUpdated(app, partner, user)) != null)
                .map(partner -> new News(app, partner, user, body)).toList());
    }

    private static Bucket bucket() {
        return Bucket.builder().addLimit(limit -> limit.capacity(CHANGES_A_MINUTE)
                .refillGreedy(CHANGES_A_MINUTE, Duration.ofMinutes(1))).build();
    }
}
