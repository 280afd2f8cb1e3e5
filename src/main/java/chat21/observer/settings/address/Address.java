package chat21.observer.settings.address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is, as people and their tools write it: {@code SCHEME://USER:PASSWORD@HOST:PORT,HOST:PORT/PATH?QUERY}.
 * It takes what Node's libraries and PostgreSQL's take, unlike {@link java.net.URI}: names with underscores, several
 * hosts, passwords with an unescaped {@code @}, white space around.
 *
 * @param scheme   in lower case
 * @param user     unescaped; null if there is neither user nor password
 * @param password unescaped; empty if there is a user alone, null if there is no user either
 * @param hosts    in their order; may be empty
 * @param path     as it was written, with its slash; may be empty
 * @param query    as it was written, without its question mark; may be empty
 */
public record Address(String scheme, String user, String password, List<Host> hosts, String path, String query) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?",
            Pattern.DOTALL);

    public Address {
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException with a message without anything secret that goes on after the name of a setting
     */
    public static Address of(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("must begin with a scheme and ://, but is '" + masked(text) + "'");
        }
        String authority = form.group(2);
        String beyond = form.group(3) + (form.group(4) == null ? "" : form.group(4));
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? null : authority.substring(0, at);
        int colon = login == null ? -1 : login.indexOf(':');
        try {
            return new Address(form.group(1).toLowerCase(Locale.ROOT),
                    login == null ? null : Escapes.decode(colon < 0 ? login : login.substring(0, colon)),
                    login == null ? null : colon < 0 ? "" : Escapes.decode(login.substring(colon + 1)),
                    hosts(authority.substring(at + 1)), form.group(3).strip(),
                    form.group(4) == null ? "" : form.group(4).strip());
        } catch (IllegalArgumentException e) {
            // A slash in a password ends the authority early, and what stands there must not be told.
            throw new IllegalArgumentException(at < 0 && beyond.contains("@")
                    ? "must have its user and password escaped, with %2F for /, %3F for ? and %23 for #, but is '"
                            + masked(text) + "'"
                    : e.getMessage() + ", but is '" + masked(text) + "'");
        }
    }

    private static List<Host> hosts(String text) {
        List<Host> hosts = new ArrayList<>();
        for (String each : text.split("\\s*,\\s*")) {
            if (!each.isEmpty()) {
                hosts.add(Host.of(each));
            }
        }
        return hosts;
    }

    /** The query's parameters by their names, unescaped. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String each : query.split("&")) {
            int equals = each.indexOf('=');
            if (!each.isEmpty()) {
                parameters.put(Escapes.decode(equals < 0 ? each : each.substring(0, equals)),
                        equals < 0 ? "" : Escapes.decode(each.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** Any text that was meant as an address, without what may be secret in it: user, password, query and fragment. */
    public static String masked(String text) {
        return text.strip().replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.:-]*//|).*@", "$1***@").replaceFirst("(?s)([?#]).*", "$1***");
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(scheme).append("://");
        for (int i = 0; i < hosts.size(); i++) {
            all.append(i == 0 ? "" : ",").append(hosts.get(i));
        }
        return all.append(path).toString();
    }
}
