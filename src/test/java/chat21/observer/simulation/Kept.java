package chat21.observer.simulation;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;

import chat21.observer.engine.batch.Batch;
import chat21.observer.message.Delivery;
import chat21.observer.message.FanOut;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.Portion;
import chat21.observer.message.Publication;

/** Counts what objects still hold of messages, wherever in them it is. */
final class Kept {

    private static final Set<Class<?>> OF_MESSAGES =
            Set.of(Batch.class, Delivery.class, Portion.class, FanOut.class, InboxCopy.class, Publication.class);
    // What a queue's last channel has lost is known until the one after the next, and no more.
    private static final Set<String> APART = Set.of("unacknowledged", "meters", "flow", "idleWork", "connections");
    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private Kept() {
    }

    /** How many there are of each kind, by the way to the first of them. */
    static Map<String, Long> in(List<?> roots) {
        Map<Object, Object> heldBy = new IdentityHashMap<>();
        Deque<Object> open = new ArrayDeque<>(roots);
        roots.forEach(root -> heldBy.put(root, null));
        Map<Class<?>, Object> first = new HashMap<>();
        Map<String, Long> found = new TreeMap<>();
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (OF_MESSAGES.contains(next.getClass())) {
                found.merge(way(first.computeIfAbsent(next.getClass(), type -> next), heldBy), 1L, Long::sum);
            }
            held(next).forEach(each -> {
                if (each != null && !heldBy.containsKey(each)) {
                    heldBy.put(each, next);
                    open.push(each);
                }
            });
        }
        return found;
    }

    private static String way(Object from, Map<Object, Object> heldBy) {
        return Stream.iterate(from, o -> o != null, heldBy::get).map(o -> o.getClass().getSimpleName())
                .collect(Collectors.joining(" of "));
    }

    private static Stream<?> held(Object by) {
        if (by instanceof Collection<?> all) {
            return all.stream();
        } else if (by instanceof Map<?, ?> all) {
            // What a closed channel leaves goes with the next acknowledgement.
            return all.entrySet().stream().filter(e -> !(e.getKey() instanceof Channel channel) || channel.isOpen())
                    .flatMap(e -> Stream.of(e.getKey(), e.getValue()));
        } else if (by instanceof Object[] all) {
            return Stream.of(all);
        }
        return isOfTheApplication(by.getClass()) ? fields(by.getClass()).stream().map(field -> value(field, by))
                : Stream.empty();
    }

    private static boolean isOfTheApplication(Class<?> type) {
        return type.getName().startsWith("chat21.observer.") && !type.getName().startsWith("chat21.observer.simulation.");
    }

    private static Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Field> fields(Class<?> of) {
        return FIELDS.computeIfAbsent(of, type -> Stream.<Class<?>>iterate(type, c -> c != null && isOfTheApplication(c),
                        Class::getSuperclass)
                .flatMap(c -> Stream.of(c.getDeclaredFields()))
                .filter(f -> !f.getType().isPrimitive() && !Modifier.isStatic(f.getModifiers()) && !APART.contains(f.getName()))
                .peek(f -> f.setAccessible(true)).toList());
    }
}
