package dev.rotor.api;

import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.lt;
import static dev.rotor.driver.model.Sorts.descending;
import static dev.rotor.driver.model.Updates.inc;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.UpdateResult;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.bson.Document;

/** The Java code of the pages for those who come from another driver. */
final class ComingFromSnippets {

    private final Consumer<String> out;

    ComingFromSnippets(Consumer<String> out) {
        this.out = out;
    }

    private void print(String line) {
        out.accept(line);
    }

    CompletionStage<Void> motor(MongoClient client) {
        // snippet: motor
        MongoCollection<Document> people = client.getDatabase("app").getCollection("people");
        CompletionStage<Void> done = people.insertOne(new Document("name", "Ada").append("born", 1815))
                .thenCompose(inserted -> people.find(lt("born", 1900))
                        .sort(descending("born"))
                        .limit(10)
                        .forEach(person -> print(person.getString("name"))));
        // end
        return done;
    }

    CompletionStage<UpdateResult> official(MongoClient client) {
        // snippet: official
        MongoCollection<Document> accounts = client.getDatabase("bank").getCollection("accounts");
        CompletionStage<UpdateResult> moved = client.inSession(session -> session.withTransaction(inTransaction -> {
            MongoCollection<Document> bound = accounts.withSession(inTransaction);
            return bound.updateOne(eq("_id", "Ada"), inc("balance", -100))
                    .thenCompose(taken -> bound.updateOne(eq("_id", "Bob"), inc("balance", 100)));
        }));
        // end
        return moved;
    }
}
