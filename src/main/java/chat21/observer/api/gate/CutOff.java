package chat21.observer.api.gate;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.http.LimitedBody;
import chat21.observer.settings.address.WebAddress;
import chat21.observer.upkeep.Repeated;

/**
 * Ends the connections of users who may not be connected any more: banned, deleted, or with a token that has ended. The
 * broker asks when somebody comes and never again; its management API lists who is there.
 */
final class CutOff extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(CutOff.class);
    private static final String CONNECTIONS = "api/connections?columns=name,user,protocol,variable_map,client_properties";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 128 * 1_048_576;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebAddress list;
    private final WebAddress management;
    private final ClientIds clientIds;
    private final Bans bans;
    private final Clock clock;
    private final Counter ended;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
    private final long intervalMs;
    private Repeated sweeps;
    private boolean fails;

    /**
     * @param management where the management API is, with user and password
     * @param intervalMs how long after one look comes the next
     */
    CutOff(String management, long intervalMs, ClientIds clientIds, Bans bans, Clock clock, Counter ended) {
        this.intervalMs = intervalMs;
        this.management = WebAddress.of(management);
        this.list = WebAddress.of(management + (management.endsWith("/") ? "" : "/") + CONNECTIONS);
        this.clientIds = clientIds;
        this.bans = bans;
        this.clock = clock;
        this.ended = ended;
    }

    @Override
    protected void doStart() {
        sweeps = new Repeated("chat21-cut-off", intervalMs, this::sweep);
    }

    @Override
    protected void doStop() {
        sweeps.close();
    }

    private void sweep() throws SQLException {
        try {
            for (JsonNode connection : connections()) {
                if (isUsers(connection) && !mayStay(clientId(connection))) {
                    end(connection.path("name").asText());
                }
            }
            fails = false;
        } catch (IOException e) {
            if (!fails) {
                LOG.warn("Who may not be connected any more cannot be cut off, since {} does not answer: {}", management,
                        e.toString());
            }
            fails = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode connections() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(list.request().timeout(TIMEOUT).GET().build(), LimitedBody.of(MAX_BYTES));
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private static boolean isUsers(JsonNode connection) {
        return Gate.USER_NAME.equals(connection.path("user").asText()) && !clientId(connection).isEmpty();
    }

    private static String clientId(JsonNode connection) {
        String id = connection.path("variable_map").path("client_id").asText();
        return id.isEmpty() ? connection.path("client_properties").path("client_id").asText() : id;
    }

    private boolean mayStay(String clientId) throws SQLException {
        ClientOwner owner = clientIds.ownerOf(clientId);
        return owner != null && !bans.isBanned(owner.app(), owner.user())
                && (owner.expiresAt() == 0 || owner.expiresAt() > clock.millis());
    }

    private void end(String connection) throws IOException, InterruptedException {
        HttpResponse<Void> answer = http.send(management.beneath("api", "connections", connection).request().timeout(TIMEOUT)
                .header("X-Reason", "not allowed any more").DELETE().build(), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() == 204) {
            ended.increment();
        }
    }
}
