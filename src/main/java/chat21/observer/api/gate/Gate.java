package chat21.observer.api.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Pattern;

import chat21.observer.api.auth.Caller;
import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.auth.Unauthorized;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Topic;
import chat21.observer.protocol.Topics;

/**
 * Decides who may do what at the broker, whatever a token's scopes say. A user comes over MQTT only, with a client id that
 * is nobody else's, reads the own tree, and writes what a client has to say and nothing else. A back end with an admin's
 * token reads and writes the topics of its app.
 */
final class Gate {

    /** Under which all users come to the broker. */
    static final String USER_NAME = "JWT";
    private static final String OBSERVER = "observer";
    // The longest id with which the name of a session's queue, and what the broker puts before it, stays within 255 bytes.
    private static final int MAX_CLIENT_ID_BYTES = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final TokenCheck tokens;
    private final ClientIds clientIds;
    private final Bans bans;
    private final GateSettings settings;

    Gate(TokenCheck tokens, ClientIds clientIds, Bans bans, GateSettings settings) {
        this.tokens = tokens;
        this.clientIds = clientIds;
        this.bans = bans;
        this.settings = settings;
    }

    /**
     * Whether somebody may connect.
     *
     * @param password the token
     * @param clientId that of MQTT; null for any other protocol
     */
    boolean mayConnect(String userName, String password, String clientId) throws SQLException, IOException {
        if (clientId == null || !USER_NAME.equals(userName) || !isClientId(clientId)) {
            return false;
        }
        Caller caller;
        try {
            caller = tokens.check(password);
        } catch (Unauthorized e) {
            return false;
        }
        return Ids.isValid(caller.app()) && !caller.app().equals(OBSERVER) && !bans.isBanned(caller.app(), caller.user())
                && clientIds.claim(clientId, new ClientOwner(caller.app(), caller.user(), caller.admin(), expiry(caller)));
    }

    /** Whether who came with this client id may use the virtual host. */
    boolean mayUseVirtualHost(String clientId, String virtualHost) throws SQLException {
        return settings.virtualHost().equals(virtualHost) && ownerOf(clientId) != null;
    }

    /**
     * Whether who came with this client id may use a queue or an exchange: the queues that the broker itself keeps for
     * this client, and the exchange of all clients as far as topics allow.
     *
     * @param permission configure, read or write
     */
    boolean mayUse(String clientId, String kind, String name, String permission) throws SQLException {
        if (name == null || ownerOf(clientId) == null) {
            return false;
        }
        return switch (String.valueOf(kind)) {
            case "queue" -> Sessions.isQueueOf(clientId, name) || name.equals("mqtt-will-" + clientId);
            case "exchange" -> name.equals(settings.exchange()) && ("read".equals(permission) || "write".equals(permission));
            default -> false;
        };
    }

    /** Whether who came with this client id may read or write a topic. */
    boolean mayUseTopic(String clientId, String exchange, String permission, String routingKey) throws SQLException {
        ClientOwner owner = ownerOf(clientId);
        if (owner == null || routingKey == null || !settings.exchange().equals(exchange)
                || bans.isBanned(owner.app(), owner.user())) {
            return false;
        }
        if (owner.admin()) {
            return isBelow(routingKey, "apps." + owner.app()) || isBelow(routingKey, "apps." + OBSERVER + "." + owner.app());
        }
        return "read".equals(permission) ? isBelow(routingKey, "apps." + owner.app() + ".users." + owner.user())
                : "write".equals(permission) && isSaidBy(owner, routingKey);
    }

    private static boolean isSaidBy(ClientOwner owner, String routingKey) {
        try {
            Topic topic = Topics.parse(routingKey);
            return topic.app().equals(owner.app()) && owner.user().equals(topic.publisher());
        } catch (Refusal e) {
            return false;
        }
    }

    // What comes before the wildcards of a subscription has to be there as it is.
    private static boolean isBelow(String routingKey, String root) {
        return routingKey.startsWith(root + ".");
    }

    private ClientOwner ownerOf(String clientId) throws SQLException {
        return clientId == null ? null : clientIds.ownerOf(clientId);
    }

    private static boolean isClientId(String clientId) {
        return !clientId.isEmpty() && clientId.getBytes(StandardCharsets.UTF_8).length <= MAX_CLIENT_ID_BYTES
                && !CONTROL.matcher(clientId).find();
    }

    private static long expiry(Caller caller) {
        return caller.claims().get("exp") instanceof Number seconds ? seconds.longValue() * 1_000 : 0;
    }
}
