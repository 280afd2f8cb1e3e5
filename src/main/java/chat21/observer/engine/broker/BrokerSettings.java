package chat21.observer.engine.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

import chat21.observer.settings.address.AmqpAddress;
import chat21.observer.settings.address.Host;
import chat21.observer.tls.ClientTls;

/**
 * Where the broker is: one node or several, of which any that answers is taken.
 *
 * @param where            its hosts, user, password and virtual host
 * @param heartbeatSeconds how often both sides show that they are alive, unless the address says otherwise; who shows
 *                         nothing for three times as long is given up
 * @param tls              whom to trust with amqps, and what to show; the certificate must name the host as the address does
 */
public record BrokerSettings(AmqpAddress where, int heartbeatSeconds, ClientTls tls) {

    private static final String DEFAULT_URI = "amqp://guest:guest@localhost:5672";
    private static final int DEFAULT_HEARTBEAT_SECONDS = 5;
    private static final int CONNECTION_TIMEOUT_MS = 5_000;

    /** With the default heartbeat. */
    public BrokerSettings(AmqpAddress where, ClientTls tls) {
        this(where, DEFAULT_HEARTBEAT_SECONDS, tls);
    }

    /**
     * That of an address with the default heartbeat, and with whom Java trusts.
     *
     * @throws IllegalArgumentException if it is none
     */
    public BrokerSettings(String uri) {
        this(AmqpAddress.of(uri), ClientTls.usual());
    }

    /**
     * That of the environment, for commands that read no other settings.
     *
     * @throws IllegalArgumentException if a variable is wrong; the message names it
     */
    public static BrokerSettings of(Map<String, String> environment) {
        String uri = environment.getOrDefault("RABBITMQ_URI", "");
        AmqpAddress where;
        try {
            where = AmqpAddress.of(uri.isEmpty() ? DEFAULT_URI : uri);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("RABBITMQ_URI " + e.getMessage() + ".", e);
        }
        return new BrokerSettings(where, ClientTls.of(environment));
    }

    /** The hosts and ports without user and password, fit for logs. */
    public String address() {
        return where.shown();
    }

    /** Opens one connection of that name, for a command that ends soon; nobody brings it back when it is lost. */
    public Connection connect(String name) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setAutomaticRecoveryEnabled(false);
        configure(factory);
        return factory.newConnection(null, this::addresses, name);
    }

    /** Tells a factory all but the hosts. */
    void configure(ConnectionFactory factory) {
        factory.setUsername(where.user());
        factory.setPassword(where.password());
        factory.setVirtualHost(where.virtualHost());
        factory.setRequestedHeartbeat(where.heartbeatSeconds().orElse(heartbeatSeconds));
        factory.setConnectionTimeout(where.connectionTimeout().orElse(CONNECTION_TIMEOUT_MS));
        where.frameMax().ifPresent(factory::setRequestedFrameMax);
        where.channelMax().ifPresent(factory::setRequestedChannelMax);
        if (where.tls()) {
            factory.setSslContextFactory(name -> tls.context());
            factory.enableHostnameVerification();
        }
    }

    /**
     * The addresses to try for one connection: all of a name that stands for several machines, as that of a headless
     * service. They are looked up anew each time, since machines come and go.
     */
    List<Address> addresses() {
        List<Address> all = new ArrayList<>();
        for (Host host : where.hosts()) {
            try {
                // A certificate names the host and no address.
                InetAddress[] found = where.tls() ? new InetAddress[0] : InetAddress.getAllByName(host.name());
                for (InetAddress each : found) {
                    all.add(new Address(each.getHostAddress(), host.port()));
                }
                if (where.tls()) {
                    all.add(new Address(host.name(), host.port()));
                }
            } catch (UnknownHostException e) {
                // Connecting to it says so, if none of the others answers.
                all.add(new Address(host.name(), host.port()));
            }
        }
        return all;
    }
}
