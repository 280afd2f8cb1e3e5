package chat21.observer.settings;

import static chat21.observer.settings.Rule.choice;
import static chat21.observer.settings.Rule.flag;
import static chat21.observer.settings.Rule.number;
import static chat21.observer.settings.Rule.required;
import static chat21.observer.settings.Rule.text;

import java.util.Map;
import java.util.TreeMap;

import chat21.observer.settings.address.AmqpAddress;
import chat21.observer.settings.address.DatabaseAddress;
import chat21.observer.settings.address.WebAddress;

/**
 * What each setting of {@code application.properties} must be, in the order in which they stand there. A setting without a
 * line here cannot be read.
 */
final class Rules {

    private static final long HOUR_MS = 3_600_000;
    private static final long TEN_MINUTES_MS = 600_000;
    private static final long MIB = 1_048_576;

    private static final Map<String, Rule> ALL = new TreeMap<>();

    static {
        // Who we are
        ALL.put("chat21.app-id", id());
        ALL.put("chat21.jwt-key", text());
        ALL.put("chat21.jwt-key-file", required());
        ALL.put("chat21.jwt-key-weak", choice("refuse", "allow"));
        // Broker
        ALL.put("chat21.broker.uri", Rule.readBy(AmqpAddress::of));
        ALL.put("chat21.broker.start-wait-ms", number(0, HOUR_MS));
        ALL.put("chat21.broker.confirm-timeout-ms", number(1_000, 3_600_000));
        ALL.put("chat21.broker.heartbeat-s", number(1, 3_600));
        ALL.put("chat21.broker.watch-interval-ms", number(100, HOUR_MS));
        ALL.put("chat21.broker.exchange", name());
        ALL.put("chat21.queues.messages", name());
        ALL.put("chat21.queues.persist", name());
        ALL.put("chat21.queues.single-active-consumer", flag());
        ALL.put("chat21.queues.dead-letters", name());
        ALL.put("chat21.queues.dead-letters.max-length", number(1, 100_000_000));
        ALL.put("chat21.queues.dead-letters.max-bytes", number(1, Integer.MAX_VALUE));
        ALL.put("chat21.mqtt.port", port());
        ALL.put("chat21.mqtt.ws-port", port());
        ALL.put("chat21.mqtt.wss-port", port());
        ALL.put("chat21.active-queues", Rule.someOf("none", "messages", "persist", "webhooks"));
        ALL.put("chat21.partitions", number(1, 256));
        ALL.put("chat21.partitions.balance-interval-ms", number(100, HOUR_MS));
        ALL.put("chat21.queues.type", choice("classic", "quorum"));
        ALL.put("chat21.prefetch", number(1, 65_535));
        ALL.put("chat21.prefetch-bytes", number(65_536, Integer.MAX_VALUE));
        // TLS
        ALL.put("chat21.tls.ca-file", Rule.optional(Rule.file()));
        ALL.put("chat21.broker.certificate-file", Rule.optional(Rule.file()));
        ALL.put("chat21.broker.key-file", Rule.optional(Rule.file()));
        // Gate
        ALL.put("chat21.gate.enabled", flag());
        ALL.put("chat21.gate.host", required(Rule.ownHost()));
        ALL.put("chat21.gate.port", Rule.optional(port()));
        ALL.put("chat21.gate.free-client-ids", flag());
        ALL.put("chat21.gate.client-id-days", number(2, 3_650));
        ALL.put("chat21.gate.max-client-ids", number(1, 100_000));
        ALL.put("chat21.gate.session-max-messages", number(1, 100_000_000));
        ALL.put("chat21.gate.session-max-bytes", number(1, Integer.MAX_VALUE));
        ALL.put("chat21.gate.max-requests", number(1, 1_000_000));
        ALL.put("chat21.gate.management", Rule.optional(WebAddress::of));
        ALL.put("chat21.gate.cut-off-interval-ms", number(500, HOUR_MS));
        // Database
        ALL.put("chat21.database.url", Rule.readBy(DatabaseAddress::of));
        ALL.put("chat21.database.user", text());
        ALL.put("chat21.database.password", text());
        ALL.put("chat21.database.route-connections", number(1, 1_000));
        ALL.put("chat21.database.max-connections", number(2, 1_000));
        ALL.put("chat21.database.connection-timeout-ms", number(250, TEN_MINUTES_MS));
        ALL.put("chat21.database.socket-timeout-ms", number(1_000, HOUR_MS));
        ALL.put("chat21.database.give-up-after-ms", number(1_000, HOUR_MS));
        ALL.put("chat21.database.long-timeout-ms", number(1_000, 24 * HOUR_MS));
        ALL.put("chat21.database.sync-to-disk", flag());
        ALL.put("chat21.database.checkpoint-interval-ms", number(50, TEN_MINUTES_MS));
        // Limits
        ALL.put("chat21.payload.max-bytes", number(1_024, MIB));
        ALL.put("chat21.payload.max-depth", number(4, 1_000));
        ALL.put("chat21.payload.max-tokens", number(100, 10_000_000));
        ALL.put("chat21.group.max-inline-members", number(1, 100_000));
        ALL.put("chat21.group.trusted-senders", ids());
        ALL.put("chat21.conversation.client-fields", Rule.list("field names", "[^\\s,]{1,128}"));
        ALL.put("chat21.conversation.max-client-bytes", number(64, 65_536));
        ALL.put("chat21.rate-limit.capacity", number(0, 1_000_000));
        ALL.put("chat21.rate-limit.refill-per-minute", number(0, 1_000_000));
        ALL.put("chat21.rate-limit.on-excess", choice("dead-letter", "drop"));
        ALL.put("chat21.rate-limit.max-senders", number(1, 10_000_000));
        ALL.put("chat21.deletions.days", number(1, 3_650));
        // What others are told
        ALL.put("chat21.typing.max-members", number(0, 10_000));
        ALL.put("chat21.presence.enabled", flag());
        ALL.put("chat21.presence.max-clients", number(1, 1_000_000));
        ALL.put("chat21.presence.max-told", number(0, 1_000));
        ALL.put("chat21.analytics.enabled", flag());
        ALL.put("chat21.analytics.exchange", name());
        ALL.put("chat21.analytics.broker.uri", Rule.readBy(AmqpAddress::of));
        ALL.put("chat21.analytics.buffer", number(1, 10_000_000));
        ALL.put("chat21.analytics.max-users", number(1, 10_000_000));
        ALL.put("chat21.metrics.max-label-values", number(1, 100_000));
        ALL.put("chat21.metrics.queue-interval-ms", number(100, HOUR_MS));
        ALL.put("camel.metrics.binders", Rule.list("names of what is measured", "[a-z-]+"));
        // Routes and policies
        ALL.put("chat21.routes.folder", required(Rule.folder()));
        ALL.put("chat21.routes.last-good-folder", required(Rule.anyFolder()));
        ALL.put("chat21.policies.timeout-ms", number(1, 60_000));
        ALL.put("chat21.policies.on-timeout", choice("pass", "refuse"));
        ALL.put("chat21.policies.on-failure", choice("pass", "refuse"));
        ALL.put("chat21.policies.max-failures", number(1, 1_000_000));
        ALL.put("chat21.policies.off-ms", number(1, TEN_MINUTES_MS));
        ALL.put("chat21.policies.max-off-ms", number(1, HOUR_MS));
        ALL.put("chat21.policies.beside-messages", number(1, 1_000_000));
        ALL.put("chat21.policies.beside-bytes", number(1_024, Integer.MAX_VALUE));
        // Flow
        ALL.put("chat21.batch.max-messages", number(1, 10_000));
        ALL.put("chat21.batch.max-bytes", number(1_024, 256 * MIB));
        ALL.put("chat21.batch.max-copies", number(10, 1_000_000));
        ALL.put("chat21.batch.min-interval-ms", number(0, 1_000));
        ALL.put("chat21.step.max-redeliveries", number(0, 100));
        ALL.put("chat21.step.redelivery-delay-ms", number(0, 60_000));
        ALL.put("chat21.warm-up-ms", number(0, 60_000));
        ALL.put("chat21.retry.max-tries", number(1, 100));
        ALL.put("chat21.retry.first-pause-ms", number(1, 60_000));
        ALL.put("chat21.retry.max-pause-ms", number(1, TEN_MINUTES_MS));
        ALL.put("chat21.redelivery.window-ms", number(1_000, TEN_MINUTES_MS));
        ALL.put("chat21.health.stuck-after-ms", number(100, TEN_MINUTES_MS));
        ALL.put("chat21.stop-timeout-ms", number(0, TEN_MINUTES_MS));
        // Webhooks
        ALL.put("chat21.webhooks.enabled", flag());
        ALL.put("chat21.webhooks.deliver", flag());
        ALL.put("chat21.webhooks.endpoints", value -> WebAddress.split(value).forEach(WebAddress::of));
        ALL.put("chat21.webhooks.events", Rule.list("names of events", "[a-z_.-]+"));
        ALL.put("chat21.webhooks.excluded-events", Rule.list("names of events", "[a-z_.-]+"));
        ALL.put("chat21.webhooks.secret", text());
        ALL.put("chat21.queues.webhooks", name());
        ALL.put("chat21.webhooks.concurrency", number(1, 256));
        ALL.put("chat21.webhooks.prefetch", number(1, 65_535));
        ALL.put("chat21.webhooks.connect-timeout-ms", number(10, TEN_MINUTES_MS));
        ALL.put("chat21.webhooks.timeout-ms", number(10, TEN_MINUTES_MS));
        ALL.put("chat21.webhooks.max-response-bytes", number(0, 16 * MIB));
        ALL.put("chat21.webhooks.tries", number(1, 20));
        ALL.put("chat21.webhooks.first-delay-ms", number(1, 86_400_000));
        ALL.put("chat21.webhooks.delay-factor", number(1, 10));
        ALL.put("chat21.webhooks.keep-refused", flag());
        ALL.put("chat21.webhooks.down-pause-ms", number(0, 60_000));
        ALL.put("chat21.webhooks.max-waiting", number(1, 100_000_000));
        // REST API
        ALL.put("chat21.rest.host", required(Rule.ownHost()));
        ALL.put("chat21.rest.names", Rule.list("names of hosts", "[A-Za-z0-9._-]{1,253}"));
        ALL.put("chat21.rest.base",
                Rule.shaped("empty or a path such as /api, without a slash at its end", "(/[A-Za-z0-9._~-]+)*"));
        ALL.put("chat21.rest.port", port());
        ALL.put("chat21.rest.certificate-file", Rule.optional(Rule.file()));
        ALL.put("chat21.rest.key-file", Rule.optional(Rule.file()));
        ALL.put("chat21.rest.max-body-bytes", number(1_024, 64 * MIB));
        ALL.put("chat21.rest.max-bytes-in-flight", number(65_536, Integer.MAX_VALUE));
        ALL.put("chat21.rest.max-page-bytes", number(1_024, 64 * MIB));
        ALL.put("chat21.rest.max-connections", number(10, 1_000_000));
        ALL.put("chat21.rest.transfer-timeout-ms", number(100, HOUR_MS));
        ALL.put("chat21.rest.max-body-tokens", number(100, 10_000_000));
        ALL.put("chat21.rest.max-requests", number(1, 100_000));
        ALL.put("chat21.rest.idle-timeout-ms", number(1_000, HOUR_MS));
        ALL.put("chat21.rest.cors-origins",
                Rule.list("origins such as https://chat.example.org, without a path", "\\*|[a-z][a-z0-9+.-]*://[^/\\s]+"));
        ALL.put("chat21.rest.confirm-timeout-ms", number(100, TEN_MINUTES_MS));
        ALL.put("chat21.rest.sync-timeout-ms", number(100, TEN_MINUTES_MS));
        ALL.put("chat21.group.max-members", number(1, 1_000_000));
        ALL.put("chat21.group.max-announced", number(0, 10_000));
        ALL.put("chat21.group.max-welcomed", number(1, 10_000));
        ALL.put("chat21.group.max-owned", number(1, 1_000_000));
        ALL.put("chat21.group.max-attributes-bytes", number(1_024, 1_073_741_824));
        ALL.put("chat21.group.calls-per-minute", number(1, 1_000_000));
        ALL.put("chat21.group.copies-at-once", number(1, 100_000_000));
        ALL.put("chat21.block.max-blocks", number(1, 1_000_000));
        ALL.put("chat21.push.max-instances", number(1, 1_000_000));
        ALL.put("chat21.push.enabled", Rule.optional(flag()));
        ALL.put("chat21.push.webhook-token", text());
        ALL.put("chat21.push.admin-token", text());
        ALL.put("chat21.group.copies-per-minute", number(1, 100_000_000));
        ALL.put("chat21.contacts.endpoint", Rule.optional(WebAddress::of));
        ALL.put("chat21.contacts.timeout-ms", number(10, 60_000));
        ALL.put("chat21.jwt-jwks", Rule.optional(Rules::keys));
        ALL.put("chat21.jwt-audience", required());
        ALL.put("chat21.jwt-key-id", required());
        ALL.put("chat21.jwt-require-expiry", flag());
        ALL.put("chat21.demo.enabled", flag());
        // Push
        ALL.put("chat21.push.project", Rule.shaped("empty or the id of a Firebase project", "[A-Za-z0-9:._-]*"));
        ALL.put("chat21.push.client-email", text());
        ALL.put("chat21.push.private-key", text());
        ALL.put("chat21.push.api", Rule.readBy(WebAddress::of));
        ALL.put("chat21.push.tokens", Rule.readBy(WebAddress::of));
        // Management
        ALL.put("camel.management.port", number(0, 65_535));
        ALL.put("camel.management.host", required(Rule.ownHost()));
        ALL.put("chat21.jolokia.enabled", flag());
        ALL.put("chat21.jolokia.read-only", flag());
        ALL.put("chat21.jolokia.token", text());
        ALL.put("camel.management.jolokia-enabled", flag());
        // Log
        ALL.put("chat21.log-level",
                Rule.shaped("OFF, ERROR, WARN, INFO, DEBUG or TRACE", "(?i)off|error|warn|info|debug|trace"));
        // Camel
        ALL.put("camel.main.name", required());
        ALL.put("camel.main.shutdown-timeout", number(1, 3_600));
        ALL.put("camel.management.enabled", flag());
        ALL.put("camel.management.health-check-enabled", flag());
        ALL.put("camel.management.metrics-enabled", flag());
        ALL.put("camel.metrics.enabled", flag());
        ALL.put("camel.metrics.enable-route-policy", flag());
        ALL.put("camel.metrics.enable-exchange-event-notifier", flag());
        ALL.put("camel.metrics.enable-message-history", flag());
        ALL.put("camel.main.uuid-generator", choice("simple", "default", "classic", "short", "random", "off"));
        ALL.put("camel.main.auto-configuration-log-summary", flag());
        ALL.put("camel.main.startup-summary-level", choice("Verbose", "Default", "Brief", "Oneline", "Off"));
    }

    private Rules() {
    }

    static Map<String, Rule> all() {
        return ALL;
    }

    private static Rule port() {
        return number(1, 65_535);
    }

    // Longer ones get endings of ours, and the broker takes 255 bytes.
    private static Rule name() {
        return Rule.shaped("a name of 1 to 200 characters without control characters", "[^\\p{Cntrl}]{1,200}");
    }

    private static Rule id() {
        return Rule.shaped("an id of 1 to 128 characters, without . / # * + and white space", "[^./#*+\\s\\p{Cntrl}]{1,128}");
    }

    private static Rule ids() {
        return Rule.list("ids, without . / # * + and white space", "[^./#*+\\s\\p{Cntrl}]{1,128}");
    }

    private static void keys(String value) {
        if (value.contains("://")) {
            WebAddress.of(value);
        } else {
            Rule.urlOrFile().check(value);
        }
    }
}
