package dev.rotor.examples;

import dev.rotor.driver.MongoClient;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One example: what it does with a client, telling as it goes. */
@FunctionalInterface
public interface Example {

    /**
     * Runs it.
     *
     * @param client a client of a deployment that the example may write to, in a database of its own
     * @param tell is given each line that a reader should see, perhaps on an event loop
     * @return completes when all is done; fails as the first step that failed
     */
    CompletionStage<Void> run(MongoClient client, Consumer<String> tell);
}
