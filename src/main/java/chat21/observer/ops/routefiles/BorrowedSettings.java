package chat21.observer.ops.routefiles;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesSource;

/**
 * The application's settings, as a context beside its own reads them.
 *
 * @param owner the application's context
 */
record BorrowedSettings(CamelContext owner) implements PropertiesSource {

    @Override
    public String getName() {
        return "borrowed";
    }

    @Override
    public String getProperty(String name) {
        return owner.getPropertiesComponent().resolveProperty(name).orElse(null);
    }
}
