package chat21.observer.ops.routefiles;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesSource;

/** The application's settings. */
final class BorrowedSettings implements PropertiesSource {

    private final CamelContext owner;

    BorrowedSettings(CamelContext owner) {
        this.owner = owner;
    }

    @Override
    public String getName() {
        return "borrowed";
    }

    @Override
    public String getProperty(String name) {
        return owner.getPropertiesComponent().resolveProperty(name).orElse(null);
    }
}
