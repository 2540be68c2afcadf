package dev.rotor.driver.core.client;

import dev.rotor.driver.Query;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.Document;

/** The names of what a server lists: of databases, collections or indexes. */
final class ListedNames {

    private ListedNames() {}

    static CompletionStage<List<String>> of(Query<Document> listed) {
        return listed.toList()
                .thenApply(found ->
                        found.stream().map(one -> one.getString("name")).toList());
    }
}
