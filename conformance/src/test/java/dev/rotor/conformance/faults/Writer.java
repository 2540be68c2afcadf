package dev.rotor.conformance.faults;

import static dev.rotor.driver.model.Filters.eq;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.Updates;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.bson.Document;

/**
 * Writes one thing after the other until it is told to stop. Every effect leaves its id behind, so that one that is
 * missing or there twice is seen: inserts by their {@code _id}, updates by what they push onto a list.
 */
final class Writer {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Updates per document, so that the lists stay short. */
    private static final int UPDATES_PER_DOCUMENT = 64;

    private final String name;
    private final MongoCollection<Document> inserts;
    private final MongoCollection<Document> updates;
    private final Ledger ledger;
    private final RandomGenerator random;
    private final ScheduledExecutorService scheduler;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile boolean stopping;
    private int number;

    Writer(
            String name,
            MongoCollection<Document> inserts,
            MongoCollection<Document> updates,
            Ledger ledger,
            RandomGenerator random,
            ScheduledExecutorService scheduler) {
        this.name = name;
        this.inserts = inserts.withWriteConcern(WriteConcern.MAJORITY).withTimeout(TIMEOUT);
        this.updates = updates.withWriteConcern(WriteConcern.MAJORITY).withTimeout(TIMEOUT);
        this.ledger = ledger;
        this.random = random;
        this.scheduler = scheduler;
    }

    void start() {
        scheduler.execute(this::next);
    }

    /** Begins no further write; completes when the last one is answered. */
    CompletableFuture<Void> stop() {
        stopping = true;
        return stopped;
    }

    private void next() {
        if (stopping) {
            stopped.complete(null);
            return;
        }
        try {
            int kind = random.nextInt(10);
            CompletionStage<?> write = kind < 5 ? insert() : kind < 9 ? update() : insertAndUpdate();
            write.whenComplete((result, failure) -> again());
        } catch (RuntimeException | Error e) {
            stopped.completeExceptionally(e);
        }
    }

    private void again() {
        scheduler.schedule(this::next, random.nextInt(8), TimeUnit.MILLISECONDS);
    }

    private CompletionStage<?> insert() {
        String id = begin("insert");
        return answered(id, inserts.insertOne(new Document("_id", id).append("by", name)));
    }

    private CompletionStage<?> update() {
        String id = begin("update");
        return answered(
                id,
                updates.updateOne(
                        eq("_id", listOf(number)), Updates.push("ids", id), UpdateOptions.DEFAULT.upsert(true)));
    }

    /** Two writes in one call: a failure of the call says nothing of either, so both count as failed. */
    private CompletionStage<?> insertAndUpdate() {
        String inserted = begin("bulk-insert");
        String updated = begin("bulk-update");
        String other = begin("bulk-other");
        CompletableFuture<?> inInserts = inserts.bulkWrite(List.of(
                        new InsertOneModel<>(new Document("_id", inserted).append("by", name)),
                        new InsertOneModel<>(new Document("_id", other).append("by", name))))
                .whenComplete((result, failure) -> {
                    record(inserted, failure);
                    record(other, failure);
                })
                .toCompletableFuture();
        CompletableFuture<?> inUpdates = answered(
                        updated,
                        updates.bulkWrite(List.of(new UpdateOneModel<>(
                                eq("_id", listOf(number)),
                                Updates.push("ids", updated),
                                UpdateOptions.DEFAULT.upsert(true)))))
                .toCompletableFuture();
        return CompletableFuture.allOf(inInserts, inUpdates);
    }

    private String begin(String kind) {
        String id = name + "-" + kind + "-" + number++;
        ledger.begun(id);
        return id;
    }

    private String listOf(int count) {
        return name + "-" + count / UPDATES_PER_DOCUMENT;
    }

    private <T> CompletionStage<T> answered(String id, CompletionStage<T> write) {
        return write.whenComplete((result, failure) -> record(id, failure));
    }

    private void record(String id, Throwable failure) {
        if (failure == null) {
            ledger.acknowledged(id);
        } else {
            ledger.failed(id, failure);
        }
    }
}
