package dev.rotor.examples.bank;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.examples.Failure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.bson.Document;

/** Has the server fail commands now and then, as networks and elections do. Servers do this when started for tests. */
final class Faults {

    private static final int COMMAND_NOT_FOUND = 59;

    private static final List<Document> KINDS = List.of(
            // The transaction met another one: the whole of it runs again.
            fault("update").append("errorCode", 112).append("errorLabels", List.of("TransientTransactionError")),
            // The connection breaks in the middle: nobody knows, so the whole of it runs again.
            fault("insert").append("closeConnection", true),
            // The commit is refused by a server that had no time for it, and is sent again.
            fault("commitTransaction").append("errorCode", 262).append("errorLabels", List.of("RetryableWriteError")),
            // Whether the commit has happened is not known: it is sent again, and happens once.
            fault("commitTransaction").append("closeConnection", true));

    private final MongoDatabase admin;

    Faults(MongoClient client) {
        this.admin = client.getDatabase("admin");
    }

    private static Document fault(String command) {
        return new Document("failCommands", List.of(command));
    }

    /**
     * Arms one fault, which one of the next commands will meet.
     *
     * @param random decides about which
     * @return whether the server does such things
     */
    CompletionStage<Boolean> arm(RandomGenerator random) {
        return admin.runCommand(new Document("configureFailPoint", "failCommand")
                        .append("mode", new Document("times", 1 + random.nextInt(2)))
                        .append("data", KINDS.get(random.nextInt(KINDS.size()))))
                .thenApply(reply -> true)
                .exceptionallyCompose(failure -> {
                    Throwable cause = Failure.itself(failure);
                    return cause instanceof MongoCommandException refused && refused.code() == COMMAND_NOT_FOUND
                            ? CompletableFuture.completedFuture(false)
                            : CompletableFuture.failedFuture(failure);
                });
    }

    /** No more faults. */
    CompletionStage<Void> disarm() {
        return admin.runCommand(new Document("configureFailPoint", "failCommand").append("mode", "off"))
                .handle((reply, failure) -> null);
    }
}
