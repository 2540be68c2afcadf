package dev.rotor.examples.tutorial;

import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.gt;
import static dev.rotor.driver.model.Filters.lt;
import static dev.rotor.driver.model.Projections.excludeId;
import static dev.rotor.driver.model.Projections.fields;
import static dev.rotor.driver.model.Projections.include;
import static dev.rotor.driver.model.Sorts.descending;
import static dev.rotor.driver.model.Updates.combine;
import static dev.rotor.driver.model.Updates.inc;
import static dev.rotor.driver.model.Updates.set;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.examples.Example;
import dev.rotor.examples.Examples;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * The first hour with Rotor. Each step returns a stage, and {@code thenCompose} puts the next one behind it: that is
 * all there is to know about asynchrony here. {@code examples/run tutorial} runs it.
 */
public final class Tutorial {

    private final MongoDatabase database;
    private final MongoCollection<Document> numbers;
    private final Consumer<String> tell;

    private Tutorial(MongoClient client, Consumer<String> tell) {
        // Nothing is sent by these two: databases and collections come into being with the first write.
        database = client.getDatabase("tutorial");
        numbers = database.getCollection("numbers");
        this.tell = tell;
    }

    /**
     * Runs the tutorial.
     *
     * @param arguments a connection string, or nothing
     */
    public static void main(String[] arguments) {
        Examples.main(arguments, example());
    }

    /**
     * The tutorial as an example.
     *
     * @return what {@link #main} runs
     */
    public static Example example() {
        return (client, tell) -> new Tutorial(client, tell).run();
    }

    private CompletionStage<Void> run() {
        return numbers.drop()
                .thenCompose(none -> insertOne())
                .thenCompose(none -> insertMany())
                .thenCompose(none -> findOne())
                .thenCompose(none -> forEach())
                .thenCompose(none -> sortSkipLimit())
                .thenCompose(none -> count())
                .thenCompose(none -> replace())
                .thenCompose(none -> update())
                .thenCompose(none -> delete())
                .thenCompose(none -> command());
    }

    private CompletionStage<Void> insertOne() {
        // A document without an _id gets one here, and the result says which.
        return numbers.insertOne(new Document("name", "a first document"))
                .thenAccept(result -> tell.accept("inserted one, which was given an id: "
                        + (result.insertedId() != null && result.insertedId().isObjectId())));
    }

    private CompletionStage<Void> insertMany() {
        List<Document> documents = IntStream.range(0, 2000)
                .mapToObj(i -> new Document("_id", i).append("i", i))
                .toList();
        return numbers.insertMany(documents)
                .thenAccept(
                        result -> tell.accept("inserted " + result.insertedIds().size() + " more"));
    }

    private CompletionStage<Void> findOne() {
        // null when there is none.
        return numbers.find(eq("i", 1)).first().thenAccept(found -> tell.accept("found " + found));
    }

    private CompletionStage<Void> forEach() {
        // Batches are fetched as they are needed, the next one while this one is worked through.
        long[] sum = {0};
        return numbers.find(lt("i", 1000))
                .forEach(document -> sum[0] += document.getInteger("i"))
                .thenAccept(none -> tell.accept("the first thousand numbers add up to " + sum[0]));
    }

    private CompletionStage<Void> sortSkipLimit() {
        // A query is a value: each of these gives a copy, and nothing is sent before toList.
        return numbers.find(gt("i", 500))
                .sort(descending("i"))
                .skip(1)
                .limit(2)
                .projection(fields(include("i"), excludeId()))
                .toList()
                .thenAccept(found -> tell.accept("the second and third from the end: " + found));
    }

    private CompletionStage<Void> count() {
        return numbers.countDocuments()
                .thenAccept(all -> tell.accept("there are " + all + " documents"))
                .thenCompose(none -> numbers.countDocuments(gt("i", 1000)))
                .thenAccept(some -> tell.accept(some + " of them have an i beyond 1000"));
    }

    private CompletionStage<Void> replace() {
        return numbers.replaceOne(eq("_id", 50), new Document("key", "value"))
                .thenAccept(result -> tell.accept("replaced " + result.modifiedCount()))
                .thenCompose(none -> numbers.find(eq("_id", 50)).first())
                .thenAccept(now -> tell.accept("which is now " + now));
    }

    private CompletionStage<Void> update() {
        return numbers.updateOne(eq("_id", 51), combine(set("key", "value"), inc("i", 1)))
                .thenAccept(result -> tell.accept("updated " + result.modifiedCount()))
                .thenCompose(none -> numbers.find(eq("_id", 51)).first())
                .thenAccept(now -> tell.accept("which is now " + now))
                .thenCompose(none -> numbers.updateMany(gt("i", 100), set("large", true)))
                .thenAccept(result -> tell.accept("and marked " + result.modifiedCount() + " as large"));
    }

    private CompletionStage<Void> delete() {
        return numbers.deleteMany(gt("i", 1000))
                .thenAccept(result -> tell.accept("deleted " + result.deletedCount()))
                .thenCompose(none -> numbers.countDocuments())
                .thenAccept(left -> tell.accept(left + " are left"));
    }

    private CompletionStage<Void> command() {
        // Whatever has no method of its own is a command.
        return database.runCommand(new Document("distinct", "numbers").append("key", "large"))
                .thenAccept(reply -> tell.accept("the command distinct says " + reply.getList("values", Object.class)));
    }
}
