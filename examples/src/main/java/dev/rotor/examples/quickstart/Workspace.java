package dev.rotor.examples.quickstart;

import static dev.rotor.driver.model.Filters.eq;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.Document;

/**
 * The database that the quickstart works in. It is emptied at the start, so this makes sure that it is the quickstart's
 * own: either there is nothing in it, or it has the marker that an earlier run left and no collection of anyone else.
 */
final class Workspace {
    static final String DEFAULT_DATABASE = "rotor_quickstart";
    static final String CLASSES = "classes";
    static final String MARKER = "quickstart";

    private static final String MARKER_ID = "made by the Rotor quickstart";

    private Workspace() {}

    /**
     * Makes the database empty but for the marker.
     *
     * @param database the database
     * @return the collection for the catalogue; fails with a {@link QuickstartException} if there are data that are not
     *     the quickstart's, and then nothing was changed
     */
    static CompletionStage<MongoCollection<ClassEntry>> prepare(MongoDatabase database) {
        return database.listCollectionNames()
                .thenCompose(names -> names.isEmpty() ? done() : dropIfOwn(database, names))
                .thenCompose(empty -> database.getCollection(MARKER).insertOne(new Document("_id", MARKER_ID)))
                .thenApply(marked -> database.getCollection(CLASSES, ClassEntry.class));
    }

    private static CompletionStage<Void> dropIfOwn(MongoDatabase database, Collection<String> names) {
        Set<String> foreign = new TreeSet<>(names);
        foreign.removeAll(Set.of(CLASSES, MARKER));
        if (!foreign.isEmpty()) {
            return refuse(
                    database, "it has a collection \"" + foreign.iterator().next() + "\"");
        }
        return database.getCollection(MARKER)
                .find(eq("_id", MARKER_ID))
                .first()
                .thenCompose(marker ->
                        marker == null ? refuse(database, "it has not the quickstart's marker") : database.drop());
    }

    private static CompletionStage<Void> refuse(MongoDatabase database, String why) {
        return CompletableFuture.failedFuture(new QuickstartException("the database \"" + database.name()
                + "\" is not the quickstart's: " + why + ".\n"
                + "Nothing was changed. Name a database that does not exist yet:"
                + " --uri mongodb://host:port/name"));
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
