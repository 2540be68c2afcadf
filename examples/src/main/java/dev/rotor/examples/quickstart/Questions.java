package dev.rotor.examples.quickstart;

import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.exists;
import static dev.rotor.driver.model.Filters.ne;
import static dev.rotor.driver.model.Projections.excludeId;
import static dev.rotor.driver.model.Projections.fields;
import static dev.rotor.driver.model.Projections.include;
import static dev.rotor.driver.model.Sorts.descending;
import static dev.rotor.driver.model.Sorts.orderBy;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.Sorts;
import dev.rotor.examples.quickstart.Rows.ClassSize;
import dev.rotor.examples.quickstart.Rows.InterfaceTotal;
import dev.rotor.examples.quickstart.Rows.KindTotal;
import dev.rotor.examples.quickstart.Rows.Lineage;
import dev.rotor.examples.quickstart.Rows.PackageTotal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.bson.conversions.Bson;

/** What one may want to know of a catalogue of classes. Nothing here waits: each method gives a stage. */
final class Questions {
    private final MongoCollection<ClassEntry> classes;

    Questions(MongoCollection<ClassEntry> classes) {
        this.classes = classes;
    }

    CompletionStage<List<PackageTotal>> largestPackages(int limit) {
        List<Bson> pipeline = List.of(
                new Document("$match", new Document("kind", new Document("$ne", "module"))),
                new Document(
                        "$group",
                        new Document("_id", "$package")
                                .append("module", new Document("$first", "$module"))
                                .append("classes", new Document("$sum", 1))
                                .append("bytes", new Document("$sum", "$size"))),
                new Document("$sort", new Document("classes", -1).append("_id", 1)),
                new Document("$limit", limit));
        return classes.aggregate(pipeline, PackageTotal.class).toList();
    }

    CompletionStage<List<ClassSize>> largestClassFiles(int limit) {
        return classes.find(ne("kind", "module"))
                .sort(orderBy(descending("size"), Sorts.ascending("name")))
                .projection(fields(include("name", "module", "size"), excludeId()))
                .limit(limit)
                .as(ClassSize.class)
                .toList();
    }

    CompletionStage<List<InterfaceTotal>> mostImplementedInterfaces(int limit) {
        List<Bson> pipeline = List.of(
                new Document("$unwind", "$interfaces"),
                new Document("$group", new Document("_id", "$interfaces").append("classes", new Document("$sum", 1))),
                new Document("$sort", new Document("classes", -1).append("_id", 1)),
                new Document("$limit", limit));
        return classes.aggregate(pipeline, InterfaceTotal.class).toList();
    }

    /** The kinds that there are, and then a count of each, all counts at the same time. */
    CompletionStage<List<KindTotal>> kinds() {
        return classes.distinct("kind", String.class)
                .toList()
                .thenCompose(kinds -> all(kinds.stream()
                        .sorted()
                        .map(kind ->
                                classes.countDocuments(eq("kind", kind)).thenApply(count -> new KindTotal(kind, count)))
                        .toList()));
    }

    CompletionStage<List<Integer>> classFileVersions() {
        return classes.distinct("version", Integer.class)
                .toList()
                .thenApply(versions -> versions.stream().sorted().toList());
    }

    /**
     * All superclasses, two fields of each document, streamed from the server batch by batch. The server could follow
     * the chain itself ({@code $graphLookup}), but not for all classes at once.
     */
    CompletionStage<Hierarchies> hierarchies() {
        Map<String, String> superclassOf = new HashMap<>();
        return classes.find(exists("superclass"))
                .projection(fields(include("name", "superclass"), excludeId()))
                .batchSize(2_000)
                .as(Lineage.class)
                .forEach(lineage -> {
                    if (lineage.superclass() != null) {
                        superclassOf.put(lineage.name(), lineage.superclass());
                    }
                })
                .thenApply(end -> new Hierarchies(superclassOf));
    }

    /** The same chain as {@link Hierarchies#chain}, by one find for each class of it: each waits for the one before. */
    CompletionStage<List<String>> chain(String name) {
        return chain(name, new ArrayList<>());
    }

    private CompletionStage<List<String>> chain(String name, List<String> below) {
        below.add(name);
        return classes.find(eq("name", name))
                .projection(fields(include("name", "superclass"), excludeId()))
                .as(Lineage.class)
                .first()
                .thenCompose(found -> {
                    String above = found == null ? null : found.superclass();
                    return above == null || below.contains(above)
                            ? CompletableFuture.completedFuture(below)
                            : chain(above, below);
                });
    }

    /** All results, in the order of the stages. */
    private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        CompletionStage<List<T>> result = CompletableFuture.completedFuture(new ArrayList<>());
        for (CompletionStage<T> stage : stages) {
            result = result.thenCombine(stage, (list, value) -> {
                list.add(value);
                return list;
            });
        }
        return result;
    }
}
