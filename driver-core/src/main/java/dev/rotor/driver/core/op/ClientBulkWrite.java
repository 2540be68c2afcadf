package dev.rotor.driver.core.op;

import dev.rotor.driver.ClientBulkWriteException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.WriteConcernError;
import dev.rotor.driver.WriteError;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorDrain;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientDeleteResult;
import dev.rotor.driver.model.bulk.ClientInsertOneResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import dev.rotor.driver.model.bulk.ClientUpdateResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A bulk write of a client: as few commands as the server's limits allow, one after the other; of each the cursor over
 * its results is read to the end before the next is sent. What ends it early, a refused command or a broken connection,
 * is told together with all that was known by then.
 */
public final class ClientBulkWrite extends DriverFuture<ClientBulkWriteResult> {

    private static final BsonInt32 ZERO = new BsonInt32(0);

    private final Engine engine;
    private final Scope scope;
    private final List<ClientNamespacedWriteModel> models;
    private final @Nullable BsonValue[] insertedIds;
    private final ClientBulkWriteOptions options;

    /** Of the whole bulk write, however many commands it takes. */
    private final long deadline;

    /** What links the events and log messages of its commands. */
    private final long operationId;

    private int next;

    /** Where the next model is that may touch several documents; behind the last one when there is none. */
    private int nextMulti = -1;

    private long inserted;
    private long upserted;
    private long matched;
    private long modified;
    private long deleted;
    private boolean anythingDone;
    private final Map<Integer, ClientInsertOneResult> inserts = new HashMap<>();
    private final Map<Integer, ClientUpdateResult> updates = new HashMap<>();
    private final Map<Integer, ClientDeleteResult> deletes = new HashMap<>();
    private final Map<Integer, WriteError> writeErrors = new TreeMap<>();
    private final List<WriteConcernError> writeConcernErrors = new ArrayList<>();
    private final TreeSet<String> labels = new TreeSet<>();
    private @Nullable ServerAddress server;

    /** Commands that are to be sent; whoever makes it one sends them. */
    private final AtomicInteger commands = new AtomicInteger();

    /** What is under way, to be given up together with this. */
    private volatile @Nullable CompletableFuture<?> pending;

    /**
     * Makes a bulk write; {@link #start} sends it.
     *
     * @param scope a view of the database {@code admin}
     * @param insertedIds per model the {@code _id} of the document it inserts; filled in where the encoder cannot tell
     *     it beforehand
     */
    public ClientBulkWrite(
            Engine engine,
            Scope scope,
            List<ClientNamespacedWriteModel> models,
            @Nullable BsonValue[] insertedIds,
            ClientBulkWriteOptions options) {
        super(engine);
        this.engine = engine;
        this.scope = scope;
        this.models = models;
        this.insertedIds = insertedIds;
        this.options = options;
        this.deadline = engine.deadlineOf(scope);
        this.operationId = engine.nextOperationId();
    }

    /** Sends the first command. */
    public ClientBulkWrite start() {
        send();
        return this;
    }

    /** A loop, not a recursion: a transport may answer on the calling thread. */
    private void send() {
        if (commands.getAndIncrement() != 0) {
            return;
        }
        do {
            if (!isDone()) {
                StageFailures.guarded(this, this::sendOne);
            }
        } while (commands.decrementAndGet() != 0);
    }

    private void sendOne() {
        ClientBatchOperation operation =
                new ClientBatchOperation(engine, scope, models, insertedIds, next, bounds(), options);
        Execution<ClientBatchReply> execution = engine.execute(operation, deadline, operationId);
        await(execution);
        execution.whenComplete((reply, failure) -> StageFailures.guarded(this, () -> {
            if (reply == null) {
                failed(StageFailures.unwrapped(failure));
            } else {
                replied(reply);
            }
        }));
    }

    /** Of the next command. Every model is looked at once, however many commands it takes. */
    private BatchBounds bounds() {
        if (nextMulti < next) {
            nextMulti = next;
            while (nextMulti < models.size()
                    && !Statements.isMulti(models.get(nextMulti).model())) {
                nextMulti++;
            }
        }
        return new BatchBounds(models.size() - next, nextMulti - next);
    }

    private void replied(ClientBatchReply reply) {
        if (reply.writeConcernError() != null) {
            writeConcernErrors.add(reply.writeConcernError());
        }
        labels.addAll(reply.labels());
        if (reply.server() != null) {
            server = reply.server();
        }
        BatchCursor<BsonDocument> results = reply.results();
        if (results == null) {
            counted(reply, -1);
            goOn(reply);
            return;
        }
        int first = next;
        int[] failedAt = {-1};
        CursorDrain<BsonDocument, Boolean> drain = CursorDrain.start(
                engine,
                CompletableFuture.completedFuture(results),
                result -> {
                    boolean ok = take(reply, first, result);
                    if (!ok && failedAt[0] < 0) {
                        failedAt[0] = result.getNumber("idx", ZERO).intValue();
                    }
                    // Behind the failure of an ordered write there is nothing that was tried.
                    return ok || !options.ordered();
                },
                () -> Boolean.TRUE);
        await(drain);
        drain.whenComplete((done, failure) -> StageFailures.guarded(this, () -> {
            counted(reply, failedAt[0]);
            if (failure == null) {
                goOn(reply);
            } else {
                // The user hears of the failure when the server has been told to forget the cursor.
                Throwable cause = StageFailures.unwrapped(failure);
                results.close().whenComplete((closed, ignored) -> StageFailures.guarded(this, () -> failed(cause)));
            }
        }));
    }

    /**
     * Adds the counts, and notes whether anything is known to have been done.
     *
     * @param failedAt the first write that is known to have failed; -1 for none, perhaps because nobody could read on
     */
    private void counted(ClientBatchReply reply, int failedAt) {
        if (reply.counts() == null) {
            return;
        }
        long errors = reply.count("nErrors");
        inserted += reply.count("nInserted");
        upserted += reply.count("nUpserted");
        matched += reply.count("nMatched");
        modified += reply.count("nModified");
        deleted += reply.count("nDeleted");
        anythingDone |= inserted + upserted + matched + deleted > 0;
        anythingDone |= options.ordered() ? errors == 0 || failedAt > 0 : errors < reply.writes();
    }

    private void goOn(ClientBatchReply reply) {
        next += reply.writes();
        if (next < models.size() && (writeErrors.isEmpty() || !options.ordered())) {
            send();
        } else {
            finish();
        }
    }

    /** Takes what became of one write; returns whether it was done. */
    private boolean take(ClientBatchReply reply, int first, BsonDocument result) {
        int index = first
                + WriteReplies.checkedIndex(
                        result.getNumber("idx", ZERO), reply.writes(), Objects.requireNonNull(reply.server()));
        if (result.getNumber("ok", ZERO).intValue() != 1) {
            writeErrors.put(index, WriteReplies.writeError(result));
            return false;
        }
        anythingDone = true;
        if (!options.verboseResults()) {
            return true;
        }
        long n = result.getNumber("n", ZERO).longValue();
        WriteModel<?> model = models.get(index).model();
        if (model instanceof InsertOneModel<?>) {
            inserts.put(index, new ClientInsertOneResult(Objects.requireNonNull(insertedIds[index])));
        } else if (model instanceof DeleteOneModel<?> || model instanceof DeleteManyModel<?>) {
            deletes.put(index, new ClientDeleteResult(n));
        } else {
            BsonValue upsert = result.get("upserted");
            BsonValue upsertedId =
                    upsert != null && upsert.isDocument() ? upsert.asDocument().get("_id", BsonNull.VALUE) : null;
            updates.put(
                    index,
                    new ClientUpdateResult(
                            n, result.getNumber("nModified", ZERO).longValue(), upsertedId));
        }
        return true;
    }

    private void failed(Throwable failure) {
        if (!anythingDone && writeErrors.isEmpty() && writeConcernErrors.isEmpty()) {
            completeExceptionally(failure);
            return;
        }
        ClientBulkWriteException told = exception(failure);
        if (failure instanceof MongoException cause) {
            cause.labels().forEach(told::addLabel);
            told.attempts(cause.attempts());
        }
        completeExceptionally(told);
    }

    private void finish() {
        if (!scope.isAcknowledged()) {
            complete(ClientBulkWriteResult.UNACKNOWLEDGED);
        } else if (writeErrors.isEmpty() && writeConcernErrors.isEmpty()) {
            complete(result());
        } else {
            completeExceptionally(exception(null));
        }
    }

    private ClientBulkWriteException exception(@Nullable Throwable error) {
        ClientBulkWriteException failure = new ClientBulkWriteException(
                error, writeConcernErrors, writeErrors, anythingDone ? result() : null, server);
        labels.forEach(failure::addLabel);
        return failure;
    }

    private ClientBulkWriteResult result() {
        return new ClientBulkWriteResult(
                true,
                inserted,
                upserted,
                matched,
                modified,
                deleted,
                options.verboseResults() ? new ClientBulkWriteResult.Verbose(inserts, updates, deletes) : null);
    }

    private void await(CompletableFuture<?> under) {
        pending = under;
        if (isCancelled()) {
            under.cancel(false);
        }
    }

    /** Gives up: what was sent cannot be called back, but nothing more is sent. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        CompletableFuture<?> under = pending;
        if (cancelled && under != null) {
            under.cancel(false);
        }
        return cancelled;
    }
}
