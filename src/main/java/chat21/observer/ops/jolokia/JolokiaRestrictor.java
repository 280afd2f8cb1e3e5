package chat21.observer.ops.jolokia;

import java.util.Set;
import java.util.regex.Pattern;

import javax.management.ObjectName;

import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.RequestType;

/**
 * What callers may do over JMX: look at Camel and at the Java process, and change nothing unless a setting allows it. The
 * few operations that read-only callers may use draw the routes with their counts; none shows a message or what the
 * process was started with.
 */
final class JolokiaRestrictor extends AbstractConstantRestrictor {

    private static final String CAMEL = "org.apache.camel";
    private static final Set<String> DOMAINS =
            Set.of(CAMEL, "java.lang", "java.nio", "java.util.logging", "JMImplementation", "jolokia");
    private static final Set<RequestType> READING = Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH,
            RequestType.VERSION, RequestType.EXEC);
    // Routes only as they are written: with what their placeholders stand for, passwords might show.
    private static final Pattern READING_OPERATION = Pattern.compile("dumpRoutes?AsXml(?:\\(\\))?"
            + "|(?:dumpRoutes?StatsAsXml|dumpRouteSourceLocationsAsXml|processorIds)(?:\\([a-z, ]*\\))?");
    // They may hold passwords that stood on the command line.
    private static final Set<String> START_UP = Set.of("SystemProperties", "InputArguments");
    private static final Pattern LOCAL_ORIGIN = Pattern.compile(
            "https?://(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::[0-9]{1,5})?(?:/.*)?", Pattern.CASE_INSENSITIVE);

    private final boolean readOnly;

    JolokiaRestrictor(boolean readOnly) {
        super(true);
        this.readOnly = readOnly;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return !readOnly || READING.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return isOpen(name) && !START_UP.contains(attribute);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return !readOnly && isOpen(name);
    }

    /** The operation may come with the types of its parameters in brackets. */
    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        return readOnly ? CAMEL.equals(name.getDomain()) && READING_OPERATION.matcher(operation).matches() : isOpen(name);
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !isOpen(name);
    }

    /** Whether a page of that origin, or with that referrer, may call; whoever is no page has none. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return origin == null || origin.isEmpty() || LOCAL_ORIGIN.matcher(origin).matches();
    }

    private static boolean isOpen(ObjectName name) {
        return name.isPattern() || DOMAINS.contains(name.getDomain());
    }
}
