package chat21.observer.out.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import chat21.observer.protocol.EventType;

/**
 * What one endpoint has of its own, written behind its URL, which no server gets to see:
 * {@code http://host/path#tries=3&timeout-ms=2000&events=message-sent,conversation-archived&secret=…}. What is not given is as
 * for all.
 *
 * @param given the options by their names
 */
record EndpointOptions(Map<String, String> given) {

    private static final String EVENTS = "events";
    private static final String SECRET = "secret";
    private static final Map<String, Long> MOST = Map.of("tries", 20L, "first-delay-ms", 86_400_000L, "delay-factor", 10L,
            "timeout-ms", 600_000L);

    /**
     * Reads the options of one URL; none for a URL alone.
     *
     * @throws IllegalArgumentException if one is unknown or wrong; what is secret is not repeated
     */
    static EndpointOptions of(String url) {
        Map<String, String> given = new LinkedHashMap<>();
        int hash = url.indexOf('#');
        for (String each : hash < 0 ? new String[0] : url.substring(hash + 1).split("&")) {
            String[] nameAndValue = each.split("=", 2);
            String value = nameAndValue.length < 2 ? "" : decoded(nameAndValue[1]);
            check(nameAndValue[0], value);
            given.put(nameAndValue[0], value);
        }
        return new EndpointOptions(given);
    }

    /** Whether it wants events of this type. */
    boolean wants(String type) {
        return !given.containsKey(EVENTS) || events(given.get(EVENTS)).contains(type);
    }

    /** When an event that failed is tried again. */
    RetrySchedule retries(RetrySchedule usual) {
        return new RetrySchedule((int) number("tries", usual.tries()), number("first-delay-ms", usual.firstDelayMs()),
                (int) number("delay-factor", usual.factor()));
    }

    /** How long a POST may take, in ms. */
    long timeoutMs(long usual) {
        return number("timeout-ms", usual);
    }

    /** What its POSTs are signed with; null for no signature. */
    Signature signature(Signature usual) {
        return given.containsKey(SECRET) ? new Signature(given.get(SECRET)) : usual;
    }

    private long number(String name, long usual) {
        return given.containsKey(name) ? Long.parseLong(given.get(name)) : usual;
    }

    private static void check(String name, String value) {
        if (MOST.containsKey(name)) {
            if (!value.matches("[1-9]\\d{0,8}") || Long.parseLong(value) > MOST.get(name)) {
                throw new IllegalArgumentException("must have behind # for " + name + " a whole number from 1 to "
                        + MOST.get(name));
            }
        } else if (name.equals(EVENTS)) {
            for (String event : events(value)) {
                if (EventType.of(event).isEmpty()) {
                    throw new IllegalArgumentException("must not have behind # an event that does not exist, but has '"
                            + event + "'");
                }
            }
        } else if (!name.equals(SECRET) || value.isEmpty()) {
            throw new IllegalArgumentException("must have behind # nothing but tries, first-delay-ms, delay-factor, "
                    + "timeout-ms, events and secret, each with = and a value and an & between them");
        }
    }

    private static List<String> events(String list) {
        return List.of(list.split("\\s*,\\s*"));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must have behind # each % with two hexadecimal digits");
        }
    }

    /** The names alone, since one of them is secret. */
    @Override
    public String toString() {
        return given.keySet().toString();
    }
}
