package chat21.observer.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import chat21.observer.engine.refuse.Refusals;

/**
 * One file of {@code routes/} as it is, with the error policy of the flow. Each route that it calls is replaced by a mock
 * endpoint of that name.
 */
final class RouteFixture implements AutoCloseable {

    private static final Pattern CALL = Pattern.compile("uri: direct:([a-z-]+)");

    private final CamelContext camel = new DefaultCamelContext();
    private final String file;

    /** Prepares the route of that name. */
    RouteFixture(String route) {
        this.file = route;
        camel.disableJMX();
        Properties quick = new Properties();
        quick.put("chat21.step.redelivery-delay-ms", "1");
        quick.put("chat21.active.messages", "true");
        quick.put("chat21.active.persist", "true");
        camel.getPropertiesComponent().setLocation("file:application.properties");
        camel.getPropertiesComponent().setOverrideProperties(quick);
        bind("refusals", new Refusals());
        component("inbox", new Recording());
        component("event", new Recording());
    }

    /** Takes a component of the application in the place of one whose endpoints only record what comes. */
    RouteFixture component(String name, Component component) {
        camel.removeComponent(name);
        camel.addComponent(name, component);
        return this;
    }

    /** Gives the route a bean that it names. */
    RouteFixture bind(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
        return this;
    }

    /** Changes a setting. */
    RouteFixture set(String key, String value) {
        camel.getPropertiesComponent().addOverrideProperty(key, value);
        return this;
    }

    /** The context, not started, with the routes loaded. */
    CamelContext load() throws Exception {
        for (String name : new String[] {"refuse-what-fails", "refuse-change", "leave-to-caller", file}) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(
                    ResourceHelper.resolveMandatoryResource(camel, "file:routes/" + name + ".yaml"));
        }
        for (String called : calls()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + called).routeId("mocked-" + called).to("mock:" + called);
                }
            });
        }
        return camel;
    }

    /** Makes a route of the file's template, for a queue of that name. */
    RouteFixture consuming(String queue) throws Exception {
        TemplatedRouteBuilder.builder(camel, file).routeId(file).parameter("queue", queue).add();
        return this;
    }

    /** What the route sent to an endpoint of a component that is not the application's. */
    MockEndpoint sentTo(String uri) {
        return camel.getEndpoint(uri, MockEndpoint.class);
    }

    RouteFixture start() throws Exception {
        load().start();
        return this;
    }

    /** What the route sent to another route. */
    MockEndpoint called(String route) {
        return camel.getEndpoint("mock:" + route, MockEndpoint.class);
    }

    /** Sends a body through the route, on its way with the delivery that it belongs to. */
    Exchange send(Object body, Object delivery) {
        return camel.createFluentProducerTemplate().to("direct:" + file).withProcessor(exchange -> {
            exchange.getMessage().setBody(body);
            exchange.setProperty(Refusals.DELIVERY, delivery);
        }).send();
    }

    @Override
    public void close() {
        camel.stop();
    }

    private Set<String> calls() throws IOException {
        Set<String> calls = new LinkedHashSet<>();
        Matcher call = CALL.matcher(Files.readString(Path.of("routes", file + ".yaml")));
        while (call.find()) {
            if (!call.group(1).equals(file)) {
                calls.add(call.group(1));
            }
        }
        return calls;
    }

    /** Its endpoints only record what comes, whatever parameters they have. */
    private static final class Recording extends MockComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) throws Exception {
            parameters.clear();
            return super.createEndpoint(uri, path, parameters);
        }
    }
}
