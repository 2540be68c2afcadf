package dev.rotor.examples.bulk;

import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Updates.inc;
import static dev.rotor.driver.model.Updates.set;

import dev.rotor.driver.BulkWriteError;
import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.BulkWriteOptions;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.ReplaceOptions;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.examples.Example;
import dev.rotor.examples.Examples;
import dev.rotor.examples.Failure;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Bulk writes: large inserts, mixed writes in order and out of it, and how to find out what was done when some of them
 * were refused. {@code examples/run bulk} runs it.
 */
public final class BulkWrites {

    private final MongoCollection<Document> stock;
    private final Consumer<String> tell;

    private BulkWrites(MongoClient client, Consumer<String> tell) {
        stock = client.getDatabase("bulk").getCollection("stock");
        this.tell = tell;
    }

    /**
     * Runs the example.
     *
     * @param arguments a connection string, or nothing
     */
    public static void main(String[] arguments) {
        Examples.main(arguments, example());
    }

    /**
     * The example.
     *
     * @return what {@link #main} runs
     */
    public static Example example() {
        return (client, tell) -> new BulkWrites(client, tell).run();
    }

    private CompletionStage<Void> run() {
        return stock.drop()
                .thenCompose(none -> large())
                .thenCompose(none -> mixed())
                .thenCompose(none -> orderedWithErrors())
                .thenCompose(none -> unorderedWithErrors());
    }

    /** One call, however many documents: it is cut into as many commands as the server's limits ask for. */
    private CompletionStage<Void> large() {
        List<Document> documents = IntStream.range(0, 10_000)
                .mapToObj(i -> new Document("_id", i).append("pieces", 1))
                .toList();
        return stock.insertMany(documents)
                .thenAccept(
                        result -> tell.accept("inserted " + result.insertedIds().size() + " documents"));
    }

    private CompletionStage<Void> mixed() {
        List<WriteModel<Document>> requests = List.of(
                new DeleteManyModel<>(new Document("_id", new Document("$gte", 3))),
                new InsertOneModel<>(new Document("_id", 3).append("pieces", 7)),
                new UpdateOneModel<>(eq("_id", 0), inc("pieces", 4)),
                new UpdateManyModel<>(new Document(), set("counted", true)),
                new ReplaceOneModel<>(eq("_id", 4), new Document("pieces", 2), ReplaceOptions.DEFAULT.upsert(true)));
        return stock.bulkWrite(requests).thenAccept(result -> tell.accept("mixed: " + counts(result)));
    }

    /** In order, which is the default: the first refusal ends it, and nothing behind it is tried. */
    private CompletionStage<Void> orderedWithErrors() {
        return telling("ordered", stock.bulkWrite(withTwoMistakes()));
    }

    /** Out of order: everything is tried, and all refusals are told. */
    private CompletionStage<Void> unorderedWithErrors() {
        return telling("unordered", stock.bulkWrite(withTwoMistakes(), BulkWriteOptions.DEFAULT.ordered(false)));
    }

    private static List<WriteModel<Document>> withTwoMistakes() {
        return List.of(
                new UpdateOneModel<>(eq("_id", 1), inc("pieces", 1)),
                new InsertOneModel<>(new Document("_id", 3)),
                new UpdateOneModel<>(eq("_id", 2), inc("pieces", 1)),
                new InsertOneModel<>(new Document("_id", 4)),
                new UpdateOneModel<>(eq("_id", 0), inc("pieces", 1)));
    }

    private CompletionStage<Void> telling(String what, CompletionStage<BulkWriteResult> outcome) {
        return outcome.handle((result, failure) -> {
            if (failure != null && Failure.itself(failure) instanceof MongoBulkWriteException refused) {
                tell.accept(what + ": " + counts(refused.result()) + ", then");
                for (BulkWriteError error : refused.writeErrors()) {
                    tell.accept("  write " + error.index() + " was refused"
                            + (error.isDuplicateKey() ? ", its key is there already" : "") + " (code " + error.code()
                            + ")");
                }
                return null;
            }
            throw new IllegalStateException(what + " should have been refused, not " + result, failure);
        });
    }

    private static String counts(BulkWriteResult result) {
        return "inserted " + result.insertedCount() + ", matched " + result.matchedCount() + ", modified "
                + result.modifiedCount() + ", deleted " + result.deletedCount() + ", upserted "
                + result.upserts().size();
    }
}
