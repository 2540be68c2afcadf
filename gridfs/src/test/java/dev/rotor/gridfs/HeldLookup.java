package dev.rotor.gridfs;

import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A database in which calls of one name are not complete before the test lets them go on. */
final class HeldLookup {

    private static final Set<Class<?>> PROXIED = Set.of(MongoDatabase.class, MongoCollection.class, FindQuery.class);

    private final String held;
    private final CompletableFuture<Void> open = new CompletableFuture<>();

    /** Holds {@code first()}, by which files are looked up. */
    HeldLookup() {
        this("first");
    }

    /** Holds the method of a database, a collection or a query that has this name. */
    HeldLookup(String held) {
        this.held = held;
    }

    /** Those that wait go on, and none waits from now on. */
    void letGo() {
        open.complete(null);
    }

    MongoDatabase over(MongoDatabase database) {
        return proxy(MongoDatabase.class, database);
    }

    private <T> T proxy(Class<T> type, Object real) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object result = invoke(method, real, arguments);
            if (method.getName().equals(held) && result instanceof CompletionStage<?> found) {
                return open.thenCompose(none -> found);
            }
            return result != null && PROXIED.contains(method.getReturnType())
                    ? proxy(method.getReturnType(), result)
                    : result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
