package chat21.observer.settings.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where RabbitMQ is, as amqplib reads it: {@code amqp://USER:PASSWORD@HOST:PORT,HOST:PORT/VHOST?heartbeat=10}. Several
 * addresses may be several hosts or a comma list of whole addresses that differ in nothing else.
 *
 * @param tls               whether it is {@code amqps://}
 * @param user              {@code guest} if none is named
 * @param virtualHost       {@code /} if none is named, as after a trailing slash
 * @param heartbeatSeconds  as the next ones empty if it is not named
 * @param frameMax          in bytes
 * @param channelMax        how many channels a connection may have
 * @param connectionTimeout in ms
 */
public record AmqpAddress(boolean tls, String user, String password, List<Host> hosts, String virtualHost,
        OptionalInt heartbeatSeconds, OptionalInt frameMax, OptionalInt channelMax, OptionalInt connectionTimeout) {

    private static final String EXAMPLE = "must be an address such as amqp://user:password@host:5672/vhost, but ";
    private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*(?=amqps?://)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> SCHEMES = Set.of("amqp", "amqps");
    private static final int PORT = 5672;
    private static final int TLS_PORT = 5671;

    public AmqpAddress {
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads one address or several; parameters that have no meaning here are ignored, as amqplib does.
     *
     * @throws IllegalArgumentException with a message without anything secret that goes on after the name of a setting
     */
    public static AmqpAddress of(String text) {
        AmqpAddress all = null;
        for (String each : BETWEEN.split(text.strip())) {
            AmqpAddress one = one(each);
            all = all == null ? one : all.and(one);
        }
        return all;
    }

    private static AmqpAddress one(String text) {
        Address address = read(text);
        boolean tls = address.scheme().equals("amqps");
        List<Host> hosts = address.hosts().isEmpty() ? List.of(new Host("localhost", 0)) : address.hosts();
        Map<String, String> query = address.parameters();
        String virtualHost = Escapes.decode(address.path().replaceFirst("^/", ""));
        return new AmqpAddress(tls, address.user() == null ? "guest" : address.user(),
                address.user() == null ? "guest" : address.password(),
                hosts.stream().map(host -> host.withPort(tls ? TLS_PORT : PORT)).toList(),
                virtualHost.isEmpty() ? "/" : virtualHost, number(query, "heartbeat", "heartbeat"),
                number(query, "frameMax", "frame_max"), number(query, "channelMax", "channel_max"),
                number(query, "connectionTimeout", "connection_timeout"));
    }

    private static Address read(String text) {
        String scheme = text.replaceFirst("(?s):.*", "").toLowerCase(java.util.Locale.ROOT);
        if (!SCHEMES.contains(scheme) || !text.contains("://")) {
            throw new IllegalArgumentException(EXAMPLE + "is '" + Address.masked(text) + "'");
        }
        return Address.of(text);
    }

    private static OptionalInt number(Map<String, String> query, String name, String otherName) {
        String value = query.getOrDefault(name, query.get(otherName));
        if (value == null || value.isBlank()) {
            return OptionalInt.empty();
        }
        try {
            int number = value.startsWith("0x") ? Integer.parseInt(value.substring(2), 16) : Integer.parseInt(value.strip());
            if (number >= 0) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("must have a whole number for " + name + ", but has '" + value + "'");
    }

    private AmqpAddress and(AmqpAddress other) {
        List<Host> both = new ArrayList<>(hosts);
        both.addAll(other.hosts);
        AmqpAddress together = withHosts(both);
        if (!other.withHosts(both).equals(together)) {
            throw new IllegalArgumentException("must have the same scheme, user, password, virtual host and parameters in"
                    + " each of its addresses, but has different ones for " + other.shown() + " and " + shown());
        }
        return together;
    }

    private AmqpAddress withHosts(List<Host> others) {
        return new AmqpAddress(tls, user, password, others, virtualHost, heartbeatSeconds, frameMax, channelMax,
                connectionTimeout);
    }

    /** The hosts with their ports, and nothing secret. */
    public String shown() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return shown();
    }
}
