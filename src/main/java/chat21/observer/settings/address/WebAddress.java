package chat21.observer.settings.address;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An address that is called over HTTP. User and password become an {@code Authorization} header, and a name with an
 * underscore, such as that of a service in Docker Compose, is called though {@link java.net.URI} does not take it.
 *
 * @param address with one host
 * @param path    with all that is no letter or digit escaped
 */
public record WebAddress(Address address, String path) {

    private static final String HOST_ALLOWED = "jdk.httpclient.allowRestrictedHeaders";

    private static final Pattern PUSH_TOKEN = Pattern.compile("(/push/webhook/endpoint/)[^/]+");
    private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*(?=https?://|,|$)", Pattern.CASE_INSENSITIVE);

    static {
        // Java's client reads this once, when it is first used. Only with it a request may name its host itself.
        System.setProperty(HOST_ALLOWED, System.getProperty(HOST_ALLOWED, "host"));
    }

    /**
     * Reads an http or https URL.
     *
     * @throws IllegalArgumentException with a message without anything secret that goes on after the name of a setting
     */
    public static WebAddress of(String text) {
        boolean isWeb = text.strip().regionMatches(true, 0, "http://", 0, 7)
                || text.strip().regionMatches(true, 0, "https://", 0, 8);
        if (!isWeb) {
            throw new IllegalArgumentException("must be an http or https URL, but is '" + Address.masked(text) + "'");
        }
        Address address = Address.of(text);
        if (address.hosts().size() != 1) {
            throw new IllegalArgumentException("must be an http or https URL with one host, but is '" + Address.masked(text) + "'");
        }
        WebAddress web = new WebAddress(address, Escapes.complete(address.path()));
        if (web.isUnnameable() && address.scheme().equals("https")) {
            throw new IllegalArgumentException("must not have an underscore in the name of its host, since it is https, but is '"
                    + Address.masked(text) + "'");
        }
        return web;
    }

    /** The URLs of a comma list; commas within one stay. */
    public static List<String> split(String list) {
        return Arrays.stream(BETWEEN.split(list)).map(String::strip).filter(url -> !url.isEmpty()).toList();
    }

    /** The address with that path beneath its own, with one slash between them; the query stays. Each part is escaped. */
    public WebAddress beneath(String... parts) {
        StringBuilder longer = new StringBuilder(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        for (String part : parts) {
            longer.append('/').append(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20")
                    .replace("%3A", ":"));
        }
        return new WebAddress(address, longer.toString());
    }

    /** Begins a request to it, with the header that its user and password make. */
    public HttpRequest.Builder request() throws UnknownHostException {
        return request(InetAddress::getByName);
    }

    /** Finds the address of a name. */
    interface Names {
        InetAddress find(String name) throws UnknownHostException;
    }

    HttpRequest.Builder request(Names names) throws UnknownHostException {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (isUnnameable()) {
            String ip = names.find(host().name()).getHostAddress();
            request.uri(URI.create(text(new Host(ip, host().port()).toString()))).header("Host", host().toString())
                    .version(HttpClient.Version.HTTP_1_1);
        } else {
            request.uri(URI.create(text(host().toString())));
        }
        if (authorization() != null) {
            request.header("Authorization", authorization());
        }
        return request;
    }

    // The class that Java's client takes leaves the host out where it does not like it.
    private boolean isUnnameable() {
        return URI.create(text(host().toString())).getHost() == null;
    }

    private String text(String hostAndPort) {
        String query = address.query().isEmpty() ? "" : "?" + Escapes.complete(address.query());
        return address.scheme() + "://" + hostAndPort + (path.isEmpty() ? "/" : path) + query;
    }

    /** The header that its user and password make, or null. */
    public String authorization() {
        return address.user() == null ? null : "Basic " + Base64.getEncoder().encodeToString(
                (address.user() + ":" + address.password()).getBytes(StandardCharsets.UTF_8));
    }

    /** The URL with its query, without user and password. */
    public String url() {
        return text(host().toString());
    }

    /** The name of its host. */
    public String hostName() {
        return host().name();
    }

    private Host host() {
        return address.hosts().get(0);
    }

    /** The URL without anything that may be secret: user, password, query, and the token that receivers of push have there. */
    @Override
    public String toString() {
        return address.scheme() + "://" + host() + (path.isEmpty() ? "/" : PUSH_TOKEN.matcher(path).replaceAll("$1…"));
    }
}
