package chat21.observer.ops.routefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.spi.BeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

    @TempDir
    private Path home;

    @Test
    void whateverIsThrownIsSaidOnceAndTheNextEditIsFollowed() throws Exception {
        AtomicInteger thrown = new AtomicInteger();
        try (FollowedRoutes routes = new FollowedRoutes(home).begin(); FolderWatch watch = routes.watch()) {
            routes.context().getRegistry(DefaultRegistry.class).addBeanRepository(new Throwing(thrown));
            watch.start();
            routes.put("a.yaml", "- route: {id: a, from: {uri: 'direct:a', steps: [{bean: {ref: throws}}]}}");

            await().until(() -> thrown.get() > 2);
            assertThat(routes.report().getProblems()).extracting(Object::toString)
                    .containsExactly(routes.folder() + ": the files cannot be followed: java.lang.StackOverflowError");
            assertThat(routes.report().getRefused()).isEqualTo(1);

            routes.put("a.yaml", "- route: {id: a, from: {uri: 'direct:a', steps: [{log: hi}]}}");
            await().until(() -> routes.report().getApplied() == 1);
            assertThat(routes.report().getProblems()).isEmpty();
        }
    }

    private record Throwing(AtomicInteger times) implements BeanRepository {

        @Override
        public Object lookupByName(String name) {
            if (name.equals("throws")) {
                times.incrementAndGet();
                throw new StackOverflowError();
            }
            return null;
        }

        @Override
        public <T> T lookupByNameAndType(String name, Class<T> type) {
            lookupByName(name);
            return null;
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            return Map.of();
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return Set.of();
        }
    }
}
