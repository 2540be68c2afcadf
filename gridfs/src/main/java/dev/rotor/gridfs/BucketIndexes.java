package dev.rotor.gridfs;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.gridfs.internal.Stages;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a bucket, made once before its first write, as the GridFS specification says: where the primary has no
 * file, and where they are not there yet. Shared by all views of a bucket.
 */
final class BucketIndexes {

    private static final BsonDocument FILES_INDEX =
            new BsonDocument("filename", new BsonInt32(1)).append("uploadDate", new BsonInt32(1));
    private static final BsonDocument CHUNKS_INDEX =
            new BsonDocument("files_id", new BsonInt32(1)).append("n", new BsonInt32(1));
    private static final BsonDocument ID_ONLY = new BsonDocument("_id", new BsonInt32(1));

    private final MongoCollection<BsonDocument> files;
    private final MongoCollection<BsonDocument> chunks;

    /** The look that is under way or has found that all is well. */
    private final AtomicReference<@Nullable CompletableFuture<Void>> look = new AtomicReference<>();

    /** The indexes of a bucket; the database is bound to no session, since indexes are no part of a transaction. */
    BucketIndexes(MongoDatabase database, String bucketName) {
        this.files = database.getCollection(bucketName + ".files", BsonDocument.class)
                .withReadPreference(ReadPreference.PRIMARY);
        this.chunks = database.getCollection(bucketName + ".chunks", BsonDocument.class)
                .withReadPreference(ReadPreference.PRIMARY);
    }

    /** Whether nothing is left to be done. */
    boolean ready() {
        CompletableFuture<Void> done = look.get();
        return done != null && succeeded(done);
    }

    private static boolean succeeded(CompletableFuture<?> done) {
        return done.isDone() && !done.isCompletedExceptionally();
    }

    /**
     * Sees to it that they are there, once. Who comes meanwhile waits, for as long as its own time lasts, and looks
     * again itself if that fails.
     */
    CompletionStage<Void> ensure(Limit limit) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> current = look.compareAndExchange(null, mine);
        if (current != null) {
            return limit.await(current).thenCompose(none -> succeeded(current) ? current : ensure(limit));
        }
        Stages.start(() -> lookAt(limit)).whenComplete((none, failure) -> {
            if (failure == null) {
                mine.complete(null);
            } else {
                look.compareAndSet(mine, null);
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    /** They were dropped: whoever writes next looks again. */
    void forget() {
        look.set(null);
    }

    private CompletionStage<Void> lookAt(Limit limit) {
        return limit.apply(limit.apply(files).find().projection(ID_ONLY))
                .first()
                .thenCompose(file -> {
                    if (file != null) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    return create(limit, files, FILES_INDEX, IndexOptions.DEFAULT)
                            .thenCompose(
                                    none -> create(limit, chunks, CHUNKS_INDEX, IndexOptions.DEFAULT.unique(true)));
                });
    }

    private static CompletionStage<Void> create(
            Limit limit, MongoCollection<BsonDocument> collection, BsonDocument keys, IndexOptions options) {
        Function<List<BsonDocument>, CompletionStage<Void>> make = existing -> isThere(existing, keys)
                ? CompletableFuture.completedFuture(null)
                : limit.apply(collection).createIndex(keys, options).thenAccept(name -> {});
        return limit.apply(collection).listIndexes(BsonDocument.class).toList().thenCompose(make);
    }

    /** Numbers are compared by value: whoever made the index may have written {@code 1.0}. */
    static boolean isThere(List<BsonDocument> indexes, BsonDocument keys) {
        return indexes.stream()
                .anyMatch(index -> index.get("key") instanceof BsonDocument existing && sameKeys(existing, keys));
    }

    private static boolean sameKeys(BsonDocument existing, BsonDocument keys) {
        if (!List.copyOf(existing.keySet()).equals(List.copyOf(keys.keySet()))) {
            return false;
        }
        for (String name : keys.keySet()) {
            BsonValue direction = existing.get(name);
            if (direction == null
                    || !direction.isNumber()
                    || direction.asNumber().doubleValue()
                            != keys.get(name).asNumber().doubleValue()) {
                return false;
            }
        }
        return true;
    }
}
