package chat21.observer.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

import chat21.observer.address.AmqpAddress;
import chat21.observer.address.Host;

/**
 * Where the broker is: one node or several, of which any that answers is taken.
 *
 * @param where            its hosts, user, password and virtual host
 * @param heartbeatSeconds how often both sides show that they are alive, unless the address says otherwise; who shows
 *                         nothing for three times as long is given up
 */
public record BrokerSettings(AmqpAddress where, int heartbeatSeconds) {

    private static final int DEFAULT_HEARTBEAT_SECONDS = 5;
    private static final int CONNECTION_TIMEOUT_MS = 5_000;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none
     */
    public BrokerSettings(String uri, int heartbeatSeconds) {
        this(AmqpAddress.of(uri), heartbeatSeconds);
    }

    /** With the default heartbeat. */
    public BrokerSettings(AmqpAddress where) {
        this(where, DEFAULT_HEARTBEAT_SECONDS);
    }

    /** That of an address with the default heartbeat. */
    public BrokerSettings(String uri) {
        this(uri, DEFAULT_HEARTBEAT_SECONDS);
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
            try {
                factory.useSslProtocol();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java has no TLS.", e);
            }
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
