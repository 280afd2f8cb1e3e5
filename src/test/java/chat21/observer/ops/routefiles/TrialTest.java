package chat21.observer.ops.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CliConnector;
import org.apache.camel.spi.CliConnectorFactory;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial is over without anybody outside having noticed. */
class TrialTest {

    private static final ConcurrentLinkedQueue<String> ACTS = new ConcurrentLinkedQueue<>();

    private final CamelContext context = new DefaultCamelContext();
    private final Map<String, Supplier<Component>> components =
            Map.of("watched", Watched::new);

    @TempDir
    private Path folder;

    @BeforeEach
    void forget() {
        ACTS.clear();
        context.disableJMX();
    }

    @Test
    void nothingOfAComponentIsStarted() {
        assertThat(tried("- from: {uri: 'watched:in', steps: [{to: 'watched:out'}, {toD: 'watched:later'}]}")).isEmpty();
        assertThat(ACTS).isEmpty();
    }

    @Test
    void aBeanIsMadeAndNotStartedNorStopped() {
        assertThat(tried("- beans: [{name: own, type: '" + Bean.class.getName() + "', initMethod: open, destroyMethod: shut}]\n"
                + "- from: {uri: 'direct:b', steps: [{process: {ref: own}}, {bean: {ref: own, method: process}}]}")).isEmpty();
        assertThat(ACTS).containsOnly("made");
    }

    @Test
    void aBeanOfTheApplicationGoesOn() {
        Bean bean = new Bean();
        bean.start();
        context.getRegistry().bind("shared", bean);
        ACTS.clear();

        assertThat(tried("- from: {uri: 'direct:b', steps: [{process: {ref: shared}}]}")).isEmpty();

        assertThat(ACTS).isEmpty();
        assertThat(bean.isStarted()).isTrue();
    }

    @Test
    void theRoutesOfATrialTakeNothingAndMakeNothing() throws Exception {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("message"), "hi");

        assertThat(tried("- from: {uri: 'file:" + in + "?delete=true&initialDelay=0', steps: [{to: 'file:" + folder
                + "/out'}]}\n- from: {uri: 'timer:now?delay=-1&repeatCount=100', steps: [{to: 'watched:tick'}]}\n"
                + "- from: {uri: 'platform-http:/trial', steps: [{to: 'http://localhost:1/x'}]}")).isEmpty();

        assertThat(in.resolve("message")).exists();
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(ACTS).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).noneMatch(n -> n.contains("(trial)"));
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("org.apache.camel:*,name=\"trial\""),
                null)).isEmpty();
    }

    // As camel-cli-connector and camel-debug do it.
    @Test
    void whatALibraryAddsToEachContextIsNotAddedToATrial() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services/org/apache/camel"));
        for (String factory : Set.of("cli-connector-factory", "debugger-factory", "startup-step-recorder")) {
            Files.writeString(services.resolve(factory), "class=" + Connectors.class.getName() + "\n");
        }
        Files.writeString(Files.createDirectories(folder.resolve("META-INF/services"))
                .resolve("org.apache.camel.spi.ContextServicePlugin"), Plugin.class.getName() + "\n");
        context.setApplicationContextClassLoader(
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()));

        assertThat(tried("- from: {uri: 'direct:b', steps: [{log: hi}]}")).isEmpty();

        assertThat(ACTS).isEmpty();
    }

    private Set<Problem> tried(String text) {
        List<RouteFile> files = List.of(RouteFile.of("routes/a.yaml", text));
        context.build();
        return new Trial(new Surroundings(context, components, Set.of())).problems(files, files);
    }

    /** A bean that tells what is done to it. */
    public static final class Bean extends ServiceSupport implements Processor {

        public Bean() {
            ACTS.add("made");
        }

        public void open() {
            ACTS.add("opened");
        }

        public void shut() {
            ACTS.add("shut");
        }

        @Override
        public void process(Exchange exchange) {
            ACTS.add("asked");
        }

        @Override
        protected void doStart() {
            ACTS.add("started");
        }

        @Override
        protected void doStop() {
            ACTS.add("stopped");
        }
    }

    /** A plug-in that tells that it was let in. */
    public static final class Plugin implements ContextServicePlugin {
        @Override
        public void load(CamelContext camelContext) {
            ACTS.add("plugin");
        }
    }

    /** A factory that tells that it was asked. */
    public static final class Connectors implements CliConnectorFactory {

        public Connectors() {
            ACTS.add("connector factory");
        }

        @Override
        public void setEnabled(boolean enabled) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isEnabled() {
            return true;
        }

        @Override
        public void setRuntime(String runtime) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getRuntime() {
            return null;
        }

        @Override
        public void setRuntimeVersion(String version) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getRuntimeVersion() {
            return null;
        }

        @Override
        public void setRuntimeStartClass(String className) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getRuntimeStartClass() {
            return null;
        }

        @Override
        public CliConnector createConnector() {
            ACTS.add("connector");
            return null;
        }
    }

    /** A component of which each part tells that it was started. */
    private static final class Watched extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            ACTS.add("sent");
                        }

                        @Override
                        protected void doStart() {
                            ACTS.add("producer");
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor) {
                        @Override
                        protected void doStart() {
                            ACTS.add("consumer");
                        }
                    };
                }

                @Override
                protected void doStart() {
                    ACTS.add("endpoint");
                }
            };
        }

        @Override
        protected void doStart() {
            ACTS.add("component");
        }
    }
}
