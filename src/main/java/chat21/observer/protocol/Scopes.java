package chat21.observer.protocol;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a token lets its bearer do at the broker, as scopes of RabbitMQ's OAuth 2 plugin.
 *
 * <p>A scope reads {@code rabbitmq.PERMISSION:VHOST/NAME/ROUTING_KEY}; {@code *} stands for any text, dots included. The
 * virtual host is left open: which one MQTT clients land in is the broker's setting.
 */
public final class Scopes {
    /**
     * The queues that the MQTT plugin keeps for subscribers, named after the client id. Client ids are the clients' own
     * choice, so they cannot be narrowed to one user without turning existing clients away.
     */
    private static final String SUBSCRIPTION_QUEUES = "*/mqtt-subscription-*";

    /** The back end speaks under this name in place of an app id. */
    private static final String OBSERVER = "observer";

    private Scopes() {
    }

    /** Returns the least scopes with which a user can chat: read the own tree, write only what a client has to say. */
    public static List<String> least(String app, String user) {
        String appWord = app(app);
        String userWord = user(user);
        Stream<String> sessions = Stream.of(
                "rabbitmq.configure:" + SUBSCRIPTION_QUEUES,
                "rabbitmq.write:" + SUBSCRIPTION_QUEUES,
                "rabbitmq.read:" + SUBSCRIPTION_QUEUES,
                "rabbitmq.read:*/amq.topic/apps." + appWord + ".users." + userWord + ".*");
        Stream<String> own = Kind.ofUsers().map(kind -> "rabbitmq.write:*/amq.topic/" + kind.pattern(appWord, userWord));
        return Stream.concat(sessions, own).toList();
    }

    /** Returns the scopes that existing deployments give a user; with them users can write into their own inbox. */
    public static List<String> wide(String app, String user) {
        String own = "apps." + app(app) + ".users." + user(user) + ".*";
        return List.of(
                "rabbitmq.read:*/*/" + own,
                "rabbitmq.write:*/*/" + own,
                "rabbitmq.write:*/*/apps." + app(app) + ".outgoing.users." + user(user) + ".*",
                "rabbitmq.configure:*/*/*");
    }

    /** Returns the scopes of a back end: all topics of its app, and those on which it speaks to the observer. */
    public static List<String> admin(String app) {
        return List.of(
                "rabbitmq.configure:" + SUBSCRIPTION_QUEUES,
                "rabbitmq.write:" + SUBSCRIPTION_QUEUES,
                "rabbitmq.read:" + SUBSCRIPTION_QUEUES,
                "rabbitmq.read:*/amq.topic/apps." + app(app) + ".*",
                "rabbitmq.write:*/amq.topic/apps." + app(app) + ".*",
                "rabbitmq.read:*/amq.topic/apps." + OBSERVER + "." + app(app) + ".*",
                "rabbitmq.write:*/amq.topic/apps." + OBSERVER + "." + app(app) + ".*");
    }

    private static String app(String app) {
        TopicId.check("app id", app);
        if (app.equals(OBSERVER)) {
            throw new IllegalArgumentException("The app id 'observer' is taken: back ends speak under it.");
        }
        return literally(app);
    }

    private static String user(String user) {
        return literally(TopicId.check("user id", user));
    }

    /** The broker percent-decodes each pattern: written as it is, the id {@code %62ob} would become {@code bob}. */
    private static String literally(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
