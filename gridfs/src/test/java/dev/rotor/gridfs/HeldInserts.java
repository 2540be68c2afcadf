package dev.rotor.gridfs;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.model.InsertManyResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A database whose {@code insertMany} waits until the test lets it go on, or fails as the test says. */
final class HeldInserts {

    /** An insert that somebody waits for. */
    final class Held {
        final List<?> documents;
        private final MongoCollection<?> target;
        private final CompletableFuture<InsertManyResult> result = new CompletableFuture<>();

        private Held(MongoCollection<?> target, List<?> documents) {
            this.target = target;
            this.documents = documents;
        }

        long bytes() {
            long sum = 0;
            for (Object document : documents) {
                sum += Objects.requireNonNull(((Chunk) document).data()).length;
            }
            return sum;
        }

        /** Sends it. */
        void release() {
            if (inserts.remove(this)) {
                result.complete(GridFsFixture.await(send()));
            }
        }

        @SuppressWarnings("unchecked") // The documents came with this collection.
        private CompletionStage<InsertManyResult> send() {
            return ((MongoCollection<Object>) target).insertMany(documents);
        }

        void fail(Throwable failure) {
            inserts.remove(this);
            result.completeExceptionally(failure);
        }
    }

    /** Those that wait, in the order in which they came. */
    final List<Held> inserts = new CopyOnWriteArrayList<>();

    /** The most that have waited at once. */
    int most;

    private volatile @Nullable CompletableFuture<Void> waited;
    private int awaited;
    private volatile boolean open;

    /** Completes when so many wait. */
    CompletableFuture<Void> whenWaiting(int count) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        awaited = count;
        waited = future;
        return future;
    }

    /** Those that wait go on, and none waits from now on. */
    void letGo() {
        open = true;
        for (Held each : inserts) {
            each.release();
        }
    }

    MongoDatabase over(MongoDatabase database) {
        return proxy(MongoDatabase.class, database);
    }

    private <T> T proxy(Class<T> type, T real) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("insertMany") && real instanceof MongoCollection<?> collection) {
                return hold(collection, (List<?>) arguments[0]);
            }
            return wrap(invoke(method, real, arguments));
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private CompletionStage<InsertManyResult> hold(MongoCollection<?> target, List<?> documents) {
        Held held = new Held(target, documents);
        if (open) {
            return held.send();
        }
        inserts.add(held);
        most = Math.max(most, inserts.size());
        CompletableFuture<Void> future = waited;
        if (future != null && inserts.size() == awaited) {
            future.complete(null);
        }
        if (open && inserts.remove(held)) {
            // Let go meanwhile, by whoever may not have seen this one.
            return held.send();
        }
        return held.result;
    }

    private static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private @Nullable Object wrap(@Nullable Object result) {
        if (result instanceof MongoDatabase database) {
            return proxy(MongoDatabase.class, database);
        }
        return result instanceof MongoCollection<?> collection ? proxy(MongoCollection.class, collection) : result;
    }
}
