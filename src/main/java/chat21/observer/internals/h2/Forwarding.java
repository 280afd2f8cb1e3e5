package chat21.observer.internals.h2;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Stands before an object of another library, to do something else where some of its methods are called. */
public final class Forwarding {

    private Forwarding() {
    }

    /** Answers a call of a method. */
    @FunctionalInterface
    public interface Calls {
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    /** An object of that type, all of whose calls are answered there. */
    public static <T> T of(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(Forwarding.class.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> calls.of(method, arguments)));
    }

    /** Calls the method of the object behind it. */
    public static Object to(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
