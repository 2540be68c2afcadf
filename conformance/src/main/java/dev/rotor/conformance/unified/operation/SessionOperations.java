package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.EntityFactory;
import dev.rotor.conformance.unified.entity.SessionEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.driver.TransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Operations of a session. */
final class SessionOperations {

    /** A callback waits for its operations, which must not be done on a loop of the driver. */
    private static final Executor CALLBACKS = task -> {
        Thread thread = new Thread(task, "conformance-callback");
        thread.setDaemon(true);
        thread.start();
    };

    private final OperationRunner operations;

    SessionOperations(OperationRunner operations) {
        this.operations = operations;
    }

    Map<String, Handler<SessionEntity>> table() {
        return Map.of(
                "startTransaction", SessionOperations::startTransaction,
                "commitTransaction", SessionOperations::commitTransaction,
                "abortTransaction", SessionOperations::abortTransaction,
                "withTransaction", this::withTransaction,
                "endSession", SessionOperations::endSession,
                "getSnapshotTime", SessionOperations::snapshotTime);
    }

    private static Handler.Action startTransaction(SessionEntity entity, Arguments arguments, CaseContext context) {
        // What is wrong with the options is an error of the driver too: nothing is built before the action runs.
        TransactionOptions options = EntityFactory.transactionOptions(arguments, false);
        return () -> {
            entity.session().startTransaction(options);
            return Result.NONE;
        };
    }

    private static Handler.Action commitTransaction(SessionEntity entity, Arguments arguments, CaseContext context) {
        @Nullable Duration timeout = arguments.optional("timeoutMS", Values::millis);
        return () -> Result.after(entity.session().commitTransaction(timeout));
    }

    private static Handler.Action abortTransaction(SessionEntity entity, Arguments arguments, CaseContext context) {
        @Nullable Duration timeout = arguments.optional("timeoutMS", Values::millis);
        return () -> Result.after(entity.session().abortTransaction(timeout));
    }

    private Handler.Action withTransaction(SessionEntity entity, Arguments arguments, CaseContext context) {
        List<BsonDocument> callback = arguments.required("callback", Values::documents);
        TransactionOptions options = EntityFactory.transactionOptions(arguments, false);
        return () -> {
            Await.result(
                    entity.session()
                            .withTransaction(
                                    session -> CompletableFuture.<@Nullable Void>supplyAsync(
                                            () -> {
                                                runAll(callback, context);
                                                return null;
                                            },
                                            CALLBACKS),
                                    options),
                    // Drivers retry for up to 120 s.
                    Duration.ofSeconds(150));
            return Result.NONE;
        };
    }

    /** Whatever an operation fails with ends the callback, also when the case expects it. */
    private void runAll(List<BsonDocument> callback, CaseContext context) {
        try {
            for (BsonDocument operation : callback) {
                Exception failure = operations.run(operation, context);
                if (failure != null) {
                    throw failure;
                }
            }
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }

    private static Handler.Action endSession(SessionEntity entity, Arguments arguments, CaseContext context) {
        return () -> Result.after(entity.session().closeAsync());
    }

    private static Handler.Action snapshotTime(SessionEntity entity, Arguments arguments, CaseContext context) {
        return () -> Result.of(entity.session().snapshotTime());
    }
}
