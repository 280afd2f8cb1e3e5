package chat21.observer.settings.address;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the database is: a JDBC URL of H2 or PostgreSQL, or PostgreSQL's own form,
 * {@code postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?sslmode=require}.
 *
 * @param url      the JDBC URL, without user and password if they stood before the host
 * @param user     null if none stood there
 * @param password null if there is no user
 */
public record DatabaseAddress(String url, String user, String password) {

    private static final String JDBC = "jdbc:";
    private static final String FORMS = "must be jdbc:h2:file:PATH, jdbc:postgresql://HOST:PORT/DATABASE or "
            + "postgres://USER:PASSWORD@HOST:PORT/DATABASE, but is '";
    // What PostgreSQL's own library calls otherwise than its JDBC driver.
    private static final Map<String, String> NAMES = Map.of("connect_timeout", "connectTimeout",
            "application_name", "ApplicationName", "target_session_attrs", "targetServerType");
    private static final Set<String> TLS_MODES = Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Map<String, String> SERVERS = Map.of("read-write", "primary", "read-only", "secondary",
            "standby", "secondary", "prefer-standby", "preferSecondary");

    /**
     * Reads the address of a database.
     *
     * @throws IllegalArgumentException with a message without anything secret that goes on after the name of a setting
     */
    public static DatabaseAddress of(String text) {
        String url = text.strip();
        boolean isJdbc = url.startsWith(JDBC);
        if (url.matches("(jdbc:)?postgres(ql)?://.*")) {
            return postgres(Address.of(isJdbc ? url.substring(JDBC.length()) : url), isJdbc);
        }
        if (url.startsWith("jdbc:h2:") || url.startsWith("jdbc:postgresql:")) {
            return new DatabaseAddress(url, null, null);
        }
        throw new IllegalArgumentException(FORMS + masked(url) + "'");
    }

    private static DatabaseAddress postgres(Address address, boolean isJdbc) {
        check(address);
        String hosts = address.hosts().stream().map(Host::toString).collect(Collectors.joining(","));
        String query = isJdbc ? address.query() : translated(address.query());
        return new DatabaseAddress("jdbc:postgresql://" + hosts + (address.path().isEmpty() ? "/" : address.path())
                + (query.isEmpty() ? "" : "?" + query), address.user(), address.password());
    }

    /** With the authorities in this file, where it asks for a certificate (sslmode verify-ca or verify-full) and names none. */
    public DatabaseAddress trusting(String authorities) {
        if (authorities.isEmpty() || !url.matches(".*[?&]sslmode=verify-(ca|full)(&.*)?")
                || url.matches(".*[?&]ssl(rootcert|factory)=.*")) {
            return this;
        }
        String root = URLEncoder.encode(authorities, StandardCharsets.UTF_8);
        return new DatabaseAddress(url + "&sslrootcert=" + root, user, password);
    }

    private static void check(Address address) {
        String mode = address.parameters().getOrDefault("sslmode", "prefer");
        if (!TLS_MODES.contains(mode)) {
            throw new IllegalArgumentException("must have an sslmode of disable, allow, prefer, require, verify-ca or "
                    + "verify-full, but has '" + mode + "'");
        }
    }

    private static String translated(String query) {
        return query.isEmpty() ? "" : java.util.Arrays.stream(query.split("&")).map(each -> {
            String name = each.replaceFirst("(?s)=.*", "");
            String value = each.substring(Math.min(each.length(), name.length() + 1));
            return NAMES.getOrDefault(name, name) + "="
                    + (name.equals("target_session_attrs") ? SERVERS.getOrDefault(value, value) : value);
        }).collect(Collectors.joining("&"));
    }

    private static String masked(String url) {
        return url.startsWith("jdbc:h2:") ? url.replaceAll("(?i);password=[^;]*", ";PASSWORD=***") : Address.masked(url);
    }

    /** The JDBC URL without anything secret. */
    @Override
    public String toString() {
        return masked(url);
    }
}
