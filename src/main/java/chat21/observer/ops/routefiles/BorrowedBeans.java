package chat21.observer.ops.routefiles;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.BeanRepository;

/** The application's beans by their names, but for those that files on trial make anew. */
final class BorrowedBeans implements BeanRepository {

    private final CamelContext owner;
    private final Set<String> madeAnew;
    private final Set<CamelContextAware> lent = ConcurrentHashMap.newKeySet();

    BorrowedBeans(CamelContext owner, Set<String> madeAnew) {
        this.owner = owner;
        this.madeAnew = madeAnew;
    }

    @Override
    public Object lookupByName(String name) {
        return lookupByNameAndType(name, Object.class);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        T bean = madeAnew.contains(name) ? null : owner.getRegistry().lookupByNameAndType(name, type);
        if (bean instanceof CamelContextAware aware && aware.getCamelContext() == owner) {
            lent.add(aware);
        }
        return bean;
    }

    // What Camel finds by type is part of the application's own context, and must not be started and stopped by another.
    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }

    /** Makes every bean belong to the application's context again, whatever a route on trial made it belong to. */
    void giveBack() {
        lent.forEach(bean -> bean.setCamelContext(owner));
    }
}
