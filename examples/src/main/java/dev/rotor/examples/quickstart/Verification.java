package dev.rotor.examples.quickstart;

import static dev.rotor.driver.model.Filters.eq;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.examples.quickstart.Rows.ModuleTotal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.bson.Document;

/** Compares what the database has in the end with what the image has. */
final class Verification {

    /**
     * What the server says that there is and was done.
     *
     * @param inserted how many documents it acknowledged
     * @param matched how many documents the two updates matched together
     * @param deleted how many documents it deleted
     * @param documents how many documents there are in the end
     * @param internal how many of them are marked as internal
     * @param modules class files and bytes by module
     */
    record Found(
            long inserted,
            long matched,
            long deleted,
            long documents,
            long internal,
            Map<String, ImageCount.Total> modules) {}

    private Verification() {}

    /**
     * Asks the server for its counts.
     *
     * @param classes the catalogue
     * @param inserted how many inserts were acknowledged
     * @param changes what the bulk write reported
     * @return the counts
     */
    static CompletionStage<Found> ask(MongoCollection<ClassEntry> classes, long inserted, BulkWriteResult changes) {
        CompletionStage<List<ModuleTotal>> totals = classes.aggregate(
                        List.of(new Document(
                                "$group",
                                new Document("_id", "$module")
                                        .append("classes", new Document("$sum", 1))
                                        .append("bytes", new Document("$sum", "$size")))),
                        ModuleTotal.class)
                .toList();
        CompletionStage<Long> internal = classes.countDocuments(eq("internal", true));
        return classes.countDocuments()
                .thenCombine(
                        internal,
                        (documents, marked) -> new Found(
                                inserted, changes.matchedCount(), changes.deletedCount(), documents, marked, Map.of()))
                .thenCombine(totals, Verification::with);
    }

    private static Found with(Found found, List<ModuleTotal> totals) {
        Map<String, ImageCount.Total> modules = new TreeMap<>();
        for (ModuleTotal total : totals) {
            modules.put(total.name(), new ImageCount.Total(total.classes(), total.bytes()));
        }
        return new Found(
                found.inserted(), found.matched(), found.deleted(), found.documents(), found.internal(), modules);
    }

    /**
     * Compares.
     *
     * @param expected what the image has
     * @param found what the database has
     * @return a line for each difference; none if all counts agree
     */
    static List<String> differences(ImageCount expected, Found found) {
        List<String> lines = new ArrayList<>();
        compare(lines, "documents inserted", expected.classFiles(), found.inserted());
        compare(lines, "documents updated", expected.classFiles(), found.matched());
        compare(lines, "module descriptors deleted", expected.moduleDescriptors(), found.deleted());
        compare(lines, "documents left", expected.classFiles() - expected.moduleDescriptors(), found.documents());
        compare(lines, "documents marked internal", expected.internal(), found.internal());
        ImageCount.Total none = new ImageCount.Total(0, 0);
        Set<String> modules = new TreeSet<>(expected.modules().keySet());
        modules.addAll(found.modules().keySet());
        for (String module : modules) {
            ImageCount.Total wanted = expected.modules().getOrDefault(module, none);
            ImageCount.Total there = found.modules().getOrDefault(module, none);
            compare(lines, "classes of " + module, wanted.classes(), there.classes());
            compare(lines, "bytes of " + module, wanted.bytes(), there.bytes());
        }
        return lines;
    }

    private static void compare(List<String> lines, String what, long expected, long found) {
        if (expected != found) {
            lines.add(what + ": " + Table.number(found) + " in the database, " + Table.number(expected)
                    + " in the image");
        }
    }
}
