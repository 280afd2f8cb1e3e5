package chat21.observer.engine.broker;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTParser;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Finds out who this application is to the broker. With a password that is the name in the address; with a token for a
 * password, as chat21-server's deployments have it, the name in the address is ignored and the broker takes one from the
 * token. The broker itself is asked: it refuses a message that names another user than its publisher.
 */
final class BrokerUser {

    private static final long TIMEOUT_MS = 5_000;

    private BrokerUser() {
    }

    /**
     * The name that the broker accepts, or the one in the address if it accepts none.
     *
     * @param exchange an exchange to ask with, by a message that nobody is bound to
     */
    static String find(ConnectionFactory connections, String name, String password, String exchange) {
        Set<String> candidates = candidates(name, password);
        if (candidates.size() == 1) {
            return name;
        }
        for (String candidate : candidates) {
            if (accepts(connections, candidate, exchange)) {
                return candidate;
            }
        }
        return name;
    }

    private static Set<String> candidates(String name, String password) {
        Set<String> names = new LinkedHashSet<>();
        names.add(name);
        try {
            var claims = JWTParser.parse(password).getJWTClaimsSet().toJSONObject();
            for (String claim : new String[] {"sub", "client_id", "user_id"}) {
                String value = JSONObjectUtils.getString(claims, claim);
                if (value != null) {
                    names.add(value);
                }
            }
        } catch (java.text.ParseException e) {
            // An ordinary password.
            return names;
        }
        return names;
    }

    private static boolean accepts(ConnectionFactory connections, String name, String exchange) {
        try (Channel channel = connections.createConnection().getDelegate().createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(exchange, "chat21.who-am-i", new BasicProperties.Builder().userId(name).build(),
                    new byte[0]);
            return channel.waitForConfirms(TIMEOUT_MS);
        } catch (IOException | TimeoutException | ShutdownSignalException | InterruptedException e) {
            return false;
        }
    }
}
