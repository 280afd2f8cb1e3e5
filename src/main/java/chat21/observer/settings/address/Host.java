package chat21.observer.settings.address;

import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine, and a port of it.
 *
 * @param name a name, with underscores if it has some, or an IP address, without brackets
 * @param port 0 if none was named
 */
public record Host(String name, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]*)]|([^:\\[\\]]*))(?::([0-9]*))?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");
    private static final int LAST_PORT = 65_535;

    static Host of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("must name hosts as NAME, NAME:PORT or [IPV6]:PORT");
        }
        return new Host(form.group(1) != null ? ipv6(form.group(1)) : name(form.group(2)), port(form.group(3)));
    }

    private static String ipv6(String text) {
        String address = Escapes.decode(text);
        if (!IPV6.matcher(address).matches()) {
            throw new IllegalArgumentException("must have an IPv6 address in its brackets");
        }
        return address;
    }

    private static String name(String text) {
        String name = Escapes.decode(text);
        try {
            name = name.chars().allMatch(c -> c < 128) ? name : IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            name = "";
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("must name hosts with letters, digits, points, hyphens and underscores");
        }
        return name;
    }

    private static int port(String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        if (digits.length() > 5 || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > LAST_PORT) {
            throw new IllegalArgumentException("must name ports from 1 to " + LAST_PORT);
        }
        return Integer.parseInt(digits);
    }

    /** The host with that port if none was named. */
    public Host withPort(int otherwise) {
        return port == 0 ? new Host(name, otherwise) : this;
    }

    /** The name as it stands in addresses: IPv6 in brackets. */
    public String inAddress() {
        return name.indexOf(':') < 0 ? name : "[" + name + "]";
    }

    @Override
    public String toString() {
        return inAddress() + (port == 0 ? "" : ":" + port);
    }
}
