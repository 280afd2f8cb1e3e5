package chat21.observer.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all settings before anything is built, so that all that is wrong is told at once. */
public final class SettingsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);
    private static final Pattern OTHER = Pattern.compile("\\{\\{(chat21\\.[a-z.-]+)}}");
    private static final String OURS = "chat21.";
    // What the code itself adds for the routes.
    private static final List<String> ADDED = List.of("chat21.active.", "chat21.webhooks.endpoint-queues");

    private final CamelContext context;
    private final Settings settings;
    private final Variables variables;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(CamelContext context) {
        this.context = context;
        this.settings = new Settings(context);
        this.variables = new Variables(context);
    }

    /**
     * Warns of keys that nothing reads.
     *
     * @throws WrongSetting if anything is wrong, with a sentence a line
     */
    public static void run(CamelContext context) {
        SettingsCheck check = new SettingsCheck(context);
        check.unknown().forEach(LOG::warn);
        check.values();
        if (check.problems.isEmpty()) {
            check.together();
        }
        if (!check.problems.isEmpty()) {
            throw new WrongSetting(check.problems);
        }
    }

    private void values() {
        for (String key : Rules.all().keySet()) {
            try {
                String value = settings.text(key);
                String written = context.resolvePropertyPlaceholders("{{" + key + "}}");
                if (!written.equals(value)) {
                    // The routes read it as it was written.
                    context.getPropertiesComponent().addOverrideProperty(key, value);
                }
            } catch (WrongSetting e) {
                if (!isThatOfAnother(key)) {
                    problems.add(e.getMessage());
                }
            }
        }
    }

    // What is taken over from another setting is wrong there already.
    private boolean isThatOfAnother(String key) {
        Matcher other = OTHER.matcher(variables.lines().getProperty(key, ""));
        try {
            return other.find() && context.resolvePropertyPlaceholders("{{" + key + "}}")
                    .equals(context.resolvePropertyPlaceholders("{{" + other.group(1) + "}}"));
        } catch (IllegalArgumentException e) {
            // The other is missing, which has been said.
            return true;
        }
    }

    // What is right by itself and makes no sense together.
    private void together() {
        ordered("chat21.retry.first-pause-ms", "chat21.retry.max-pause-ms");
        ordered("chat21.policies.off-ms", "chat21.policies.max-off-ms");
        ordered("chat21.rest.confirm-timeout-ms", "chat21.rest.idle-timeout-ms");
        ordered("chat21.rest.sync-timeout-ms", "chat21.rest.idle-timeout-ms");
        ordered("chat21.payload.max-bytes", "chat21.batch.max-bytes");
        different("chat21.queues.messages", "chat21.queues.persist");
        different("chat21.queues.messages", "chat21.queues.dead-letters");
        different("chat21.queues.persist", "chat21.queues.dead-letters");
        different("chat21.rest.port", "camel.management.port");
        both("chat21.broker.certificate-file", "chat21.broker.key-file");
        both("chat21.rest.certificate-file", "chat21.rest.key-file");
        if (!settings.text("chat21.push.project").isEmpty()) {
            List.of("chat21.push.client-email", "chat21.push.private-key").stream()
                    .filter(key -> settings.text(key).isEmpty()).forEach(key -> problems.add(
                            settings.wrong(key, "must not be empty where chat21.push.project names one").getMessage()));
        }
    }

    private void ordered(String smaller, String larger) {
        if (settings.millis(smaller) > settings.millis(larger)) {
            problems.add(settings.wrong(smaller, "must not be larger than " + larger + variables.of(larger) + ", "
                    + settings.millis(larger) + ", but is " + settings.millis(smaller)).getMessage());
        }
    }

    private void both(String one, String other) {
        if (settings.text(one).isEmpty() != settings.text(other).isEmpty()) {
            String missing = settings.text(one).isEmpty() ? one : other;
            problems.add(settings.wrong(missing, "must not be empty where " + (missing.equals(one) ? other : one)
                    + " is set: a certificate is of no use without its private key").getMessage());
        }
    }

    private void different(String one, String other) {
        if (settings.text(one).equals(settings.text(other))) {
            problems.add(settings.wrong(one, "must differ from " + other + variables.of(other) + ", but both are '"
                    + settings.text(one) + "'").getMessage());
        }
    }

    /** A sentence for each key that nothing reads though somebody seems to think so. */
    private List<String> unknown() {
        List<String> sentences = new ArrayList<>();
        for (String key : new TreeSet<>(variables.lines().stringPropertyNames())) {
            if (!Rules.all().containsKey(key) && ADDED.stream().noneMatch(key::startsWith)) {
                Optional<String> meant = Slips.closest(key, Rules.all().keySet());
                if (meant.isPresent() || key.startsWith(OURS)) {
                    sentences.add("The setting " + key + " has no effect: there is none of this name"
                            + meant.map(right -> "; " + right + " may be what was meant").orElse("") + ".");
                }
            }
        }
        return sentences;
    }
}
