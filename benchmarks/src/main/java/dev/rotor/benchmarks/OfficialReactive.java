package dev.rotor.benchmarks;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The official driver of Reactive Streams, subscribed to with as little as a subscriber can be. */
final class OfficialReactive implements AsyncSubject {

    private final MongoClient client;
    private final MongoDatabase admin;
    private final MongoCollection<Document> people;
    private final Document ping = People.ping();
    private final Document ada = People.ada();

    OfficialReactive(String uri) {
        client = MongoClients.create(uri);
        admin = client.getDatabase("admin");
        people = client.getDatabase(DATABASE).getCollection(COLLECTION);
    }

    @Override
    public Object call(Operation operation) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        start(operation, (value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(value);
            }
        });
        return result.join();
    }

    @Override
    public void start(Operation operation, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        publisher(operation).subscribe(new One(done));
    }

    private Publisher<?> publisher(Operation operation) {
        return switch (operation) {
            case PING -> admin.runCommand(ping);
            case FIND_ONE -> people.find(eq("_id", 1)).first();
            case INSERT_ONE -> people.insertOne(ada);
        };
    }

    @Override
    public void close() {
        client.close();
    }

    /** Takes the one element of a publisher. */
    private static final class One implements Subscriber<Object> {

        private final BiConsumer<@Nullable Object, @Nullable Throwable> done;
        private @Nullable Object value;

        One(BiConsumer<@Nullable Object, @Nullable Throwable> done) {
            this.done = done;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object element) {
            value = element;
        }

        @Override
        public void onError(Throwable failure) {
            done.accept(null, failure);
        }

        @Override
        public void onComplete() {
            Object result = value;
            done.accept(result, result == null ? new IllegalStateException("completed without a result") : null);
        }
    }
}
