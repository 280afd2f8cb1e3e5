package chat21.observer.ops.jolokia;

import org.jolokia.core.api.LogHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Jolokia has to say, in the application's log; what callers ask for is nothing to keep. */
final class JolokiaLog implements LogHandler {

    private static final Logger LOG = LoggerFactory.getLogger(JolokiaLog.class);

    @Override
    public void debug(String message) {
        LOG.trace(message);
    }

    @Override
    public void info(String message) {
        LOG.debug(message);
    }

    @Override
    public void error(String message, Throwable thrown) {
        LOG.warn(message, thrown);
    }

    @Override
    public boolean isDebug() {
        return LOG.isTraceEnabled();
    }
}
