package chat21.observer.routefiles;

import java.util.Map;
import java.util.Set;

import org.apache.camel.spi.BeanRepository;

/** The application's beans by their names, but for those that files on trial make anew. */
final class BorrowedBeans implements BeanRepository {

    private final BeanRepository owner;
    private final Set<String> madeAnew;

    BorrowedBeans(BeanRepository owner, Set<String> madeAnew) {
        this.owner = owner;
        this.madeAnew = madeAnew;
    }

    @Override
    public Object lookupByName(String name) {
        return madeAnew.contains(name) ? null : owner.lookupByName(name);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        return madeAnew.contains(name) ? null : owner.lookupByNameAndType(name, type);
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
}
