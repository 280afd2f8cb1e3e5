package chat21.observer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.LoggerFactory;

import chat21.observer.internals.jvm.Termination;
import chat21.observer.ops.routefiles.BrokenRoutes;
import chat21.observer.settings.EnvironmentWarnings;
import chat21.observer.settings.StartFailure;
import chat21.observer.settings.WrongSetting;

/** The application: Camel Main with the routes of {@code routes/} and the settings of {@code application.properties}. */
public final class Observer implements AutoCloseable {

    private final Main main;
    private final Wiring wiring;
    // That of the signal that ends it.
    private volatile int exitCode;

    private Observer(Main main, Wiring wiring) {
        this.main = main;
        this.wiring = wiring;
    }

    /** Runs until it is told to stop; exits with 1 and one sentence if it cannot start. */
    public static void main(String[] args) {
        // Java keeps an address for half a minute, in which a name may have come to mean another host.
        Security.setProperty("networkaddress.cache.ttl", "5");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        // H2 would keep values that it has read in a cache of soft references, which costs more than it saves here.
        System.setProperty("h2.objectCache", System.getProperty("h2.objectCache", "false"));
        Path settings = Path.of("application.properties");
        if (!Files.isReadable(settings)) {
            fail(new StartFailure("There is no application.properties in this folder: start it where routes/ and "
                    + "application.properties are.", null));
        }
        EnvironmentWarnings.log(settings, System.getenv());
        Observer observer = new Observer(settings, Map.of());
        // Everything is stopped and closed before the JVM ends; Camel's own hook would let it end in the midst of that.
        observer.main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        Termination.onSignal(observer::end);
        try {
            observer.main.run();
            if (observer.wiring.failure() != null) {
                throw observer.wiring.failure();
            }
        } catch (Exception e) {
            observer.wiring.endTransactions();
            fail(e);
        }
        System.exit(observer.exitCode);
    }

    /** Prepares an application with the settings of a file, some of them overridden. */
    public Observer(Path settings, Map<String, String> overrides) {
        this(settings, overrides, Clock.systemUTC());
    }

    /** Prepares one that asks this clock for the time of messages. */
    public Observer(Path settings, Map<String, String> overrides, Clock clock) {
        this(new Main(), new Wiring(clock));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setPropertyPlaceholderLocations("file:" + settings);
        Properties properties = new Properties();
        properties.putAll(overrides);
        main.setOverrideProperties(properties);
        main.configure().addConfiguration(wiring);
        main.addMainListener(wiring);
    }

    /** Starts it and returns when it is ready. */
    public CamelContext start() throws Exception {
        main.start();
        // Camel tells its listeners so only when it runs until it is told to stop.
        wiring.afterStart(main);
        if (wiring.failure() != null) {
            close();
            throw wiring.failure();
        }
        return main.getCamelContext();
    }

    /** Stops it after what is in flight is done. */
    @Override
    public void close() {
        wiring.beforeStop(main);
        main.stop();
        wiring.afterStop(main);
    }

    private void end(int code) {
        if (main.isStarted()) {
            exitCode = exitCode == 0 ? code : exitCode;
            main.completed();
        } else if (exitCode == 0) {
            // It may still be waiting for its broker.
            wiring.endTransactions();
            System.exit(code);
        }
    }

    private static void fail(Throwable thrown) {
        System.err.println("chat21-camel cannot start. " + sentence(thrown));
        LoggerFactory.getLogger(Observer.class).debug("The error was", thrown);
        System.exit(1);
    }

    private static String sentence(Throwable thrown) {
        Throwable last = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof StartFailure || t instanceof WrongSetting || t instanceof BrokenRoutes) {
                return t.getMessage();
            }
            last = t;
        }
        return last.getMessage() == null ? last.toString() : last.getMessage().lines().findFirst().orElse("");
    }
}
