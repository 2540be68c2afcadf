package dev.rotor.driver.core.op;

import dev.rotor.driver.BulkWriteError;
import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.WriteConcernError;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.BulkWriteUpsert;
import dev.rotor.driver.model.WriteModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * A bulk write: as few commands as the order of its models and the server's limits allow, one after the other, and
 * their replies added up. An ordered one stops behind the first failed statement; an unordered one sorts its models by
 * kind and goes on.
 */
public final class BulkWrite<T> extends DriverFuture<BulkWriteResult> {

    private final Engine engine;
    private final Scope scope;
    private final String collection;
    private final List<? extends WriteModel<? extends T>> models;
    private final @Nullable BsonValue[] insertedIds;
    private final Encoder<T> encoder;
    private final CommandOptions options;
    private final int[] order;

    /** Of the whole bulk write, however many commands it takes. */
    private final long deadline;

    /** What links the events and log messages of its commands. */
    private final long operationId;

    /** Where in {@link #order} the next command starts. */
    private int next;

    /** Where the models end that are of the same kind as the next one; where that was looked at last. */
    private int runEnd;

    /** Where in the run the next model comes that may touch several documents; at its end when there is none. */
    private int nextMulti = -1;

    /** The command under way. */
    private volatile @Nullable Execution<WriteBatchResult> pending;

    private long inserted;
    private long matched;
    private long modified;
    private long deleted;
    private final boolean[] notInserted;
    private final List<BulkWriteUpsert> upserts = new ArrayList<>();
    private final List<BulkWriteError> writeErrors = new ArrayList<>();
    private final TreeSet<String> labels = new TreeSet<>();
    private @Nullable WriteConcernError writeConcernError;
    private @Nullable ServerAddress server;

    /**
     * Makes a bulk write; {@link #start} sends it.
     *
     * @param insertedIds per model the {@code _id} of the document it inserts; filled in where the encoder cannot tell
     *     it beforehand
     */
    public BulkWrite(
            Engine engine,
            Scope scope,
            String collection,
            List<? extends WriteModel<? extends T>> models,
            @Nullable BsonValue[] insertedIds,
            Encoder<T> encoder,
            CommandOptions options) {
        super(engine);
        this.engine = engine;
        this.scope = scope;
        this.collection = collection;
        this.models = models;
        this.insertedIds = insertedIds;
        this.encoder = encoder;
        this.options = options;
        this.order = order(models, options.ordered());
        this.deadline = engine.deadlineOf(scope);
        this.operationId = engine.nextOperationId();
        this.notInserted = new boolean[models.size()];
    }

    /** Indexes of the models in the order in which they are sent. */
    static int[] order(List<? extends WriteModel<?>> models, boolean ordered) {
        int[] order = new int[models.size()];
        int at = 0;
        if (ordered) {
            for (; at < order.length; at++) {
                order[at] = at;
            }
            return order;
        }
        for (Statements.Kind kind : Statements.Kind.values()) {
            for (int i = 0; i < order.length; i++) {
                if (Statements.kind(models.get(i)) == kind) {
                    order[at++] = i;
                }
            }
        }
        return order;
    }

    /** Sends the first command. */
    public BulkWrite<T> start() {
        sendNext();
        return this;
    }

    private void sendNext() {
        StageFailures.guarded(this, this::send);
    }

    private void send() {
        // A loop, not a recursion: a transport may answer on the calling thread.
        while (next < order.length && !isDone()) {
            Statements.Kind kind = Statements.kind(models.get(order[next]));
            BatchBounds bounds = bounds(kind);
            WriteBatchOperation<T> operation = new WriteBatchOperation<>(
                    scope, kind, collection, models, order, next, bounds, insertedIds, encoder, options);
            Execution<WriteBatchResult> execution = engine.execute(operation, deadline, operationId);
            if (!execution.isDone()) {
                pending = execution;
                if (isCancelled()) {
                    execution.cancel(false);
                }
                execution.whenComplete((result, failure) -> StageFailures.guarded(this, () -> {
                    if (replied(kind, result, failure)) {
                        send();
                    }
                }));
                return;
            }
            WriteBatchResult result = null;
            Throwable failure = null;
            try {
                result = execution.join();
            } catch (CompletionException e) {
                failure = e.getCause();
            } catch (CancellationException e) {
                failure = e;
            }
            if (!replied(kind, result, failure)) {
                return;
            }
        }
        if (!isDone()) {
            finish();
        }
    }

    /** Of the next command. Every model is looked at once, however many commands it takes. */
    private BatchBounds bounds(Statements.Kind kind) {
        if (runEnd <= next) {
            runEnd = next + 1;
            while (runEnd < order.length && Statements.kind(models.get(order[runEnd])) == kind) {
                runEnd++;
            }
            nextMulti = -1;
        }
        if (nextMulti < next) {
            nextMulti = next;
            while (nextMulti < runEnd && !Statements.isMulti(models.get(order[nextMulti]))) {
                nextMulti++;
            }
        }
        return new BatchBounds(runEnd - next, nextMulti - next);
    }

    /** Gives up: what was sent cannot be called back, but nothing more is sent. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        Execution<WriteBatchResult> under = pending;
        if (cancelled && under != null) {
            under.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }

    /** Takes a reply in; returns whether another command is to be sent. */
    private boolean replied(Statements.Kind kind, @Nullable WriteBatchResult result, @Nullable Throwable failure) {
        if (failure instanceof DocumentTooLargeException tooLarge) {
            writeErrors.add(new BulkWriteError(
                    tooLarge.index(), DocumentTooLargeException.CODE, messageOf(tooLarge), new BsonDocument()));
            markNotInserted(tooLarge.index());
            server = tooLarge.server();
            next++;
        } else if (failure != null || result == null) {
            Throwable told = Objects.requireNonNull(failure, "failure");
            if (scope.isAcknowledged()) {
                // What earlier commands did, and which of their statements failed, would be lost otherwise.
                markNotInsertedFrom(next);
                told.addSuppressed(
                        MongoBulkWriteException.partial(result(), sortedWriteErrors(), writeConcernError, server));
            }
            completeExceptionally(told);
            return false;
        } else {
            add(kind, result);
            next += result.statements();
        }
        if (next == order.length || (options.ordered() && !writeErrors.isEmpty())) {
            finish();
            return false;
        }
        return true;
    }

    private static String messageOf(MongoException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "");
    }

    private void add(Statements.Kind kind, WriteBatchResult result) {
        switch (kind) {
            case INSERT -> inserted += result.n();
            case UPDATE -> {
                matched += result.n() - result.upserts().size();
                modified += result.nModified();
            }
            case DELETE -> deleted += result.n();
        }
        for (BulkWriteUpsert upsert : result.upserts()) {
            upserts.add(new BulkWriteUpsert(order[next + upsert.index()], upsert.id()));
        }
        for (BulkWriteError error : result.writeErrors()) {
            int index = order[next + error.index()];
            writeErrors.add(new BulkWriteError(index, error.code(), error.message(), error.details()));
            markNotInserted(index);
        }
        if (result.writeConcernError() != null) {
            writeConcernError = result.writeConcernError();
        }
        labels.addAll(result.labels());
        if (result.server() != null) {
            server = result.server();
        }
    }

    private void markNotInserted(int index) {
        notInserted[index] = true;
        if (options.ordered()) {
            // Nothing behind it was tried.
            for (int i = index + 1; i < notInserted.length; i++) {
                notInserted[i] = true;
            }
        }
    }

    /** What was not sent, or not answered, is not known to have been inserted. */
    private void markNotInsertedFrom(int position) {
        for (int i = position; i < order.length; i++) {
            notInserted[order[i]] = true;
        }
    }

    private void finish() {
        if (!scope.isAcknowledged() && writeErrors.isEmpty()) {
            complete(BulkWriteResult.unacknowledged());
            return;
        }
        BulkWriteResult result = result();
        if (writeErrors.isEmpty() && writeConcernError == null) {
            complete(result);
            return;
        }
        MongoBulkWriteException failure =
                new MongoBulkWriteException(result, sortedWriteErrors(), writeConcernError, server);
        labels.forEach(failure::addLabel);
        boolean serverTimeout = scope.hasTimeout() && (isTimeout(writeConcernError) || anyTimeout());
        completeExceptionally(serverTimeout ? Timeouts.timedOut(scope.timeoutNanos(), failure) : failure);
    }

    private static boolean isTimeout(@Nullable WriteConcernError error) {
        return error != null && error.code() == ErrorCodes.MAX_TIME_MS_EXPIRED;
    }

    private boolean anyTimeout() {
        for (BulkWriteError error : writeErrors) {
            if (error.code() == ErrorCodes.MAX_TIME_MS_EXPIRED) {
                return true;
            }
        }
        return false;
    }

    private List<BulkWriteError> sortedWriteErrors() {
        writeErrors.sort(Comparator.comparingInt(BulkWriteError::index));
        return writeErrors;
    }

    private BulkWriteResult result() {
        if (!scope.isAcknowledged()) {
            return BulkWriteResult.unacknowledged();
        }
        @Nullable BsonValue[] ids = insertedIds.clone();
        for (int i = 0; i < ids.length; i++) {
            if (notInserted[i]) {
                ids[i] = null;
            }
        }
        upserts.sort(Comparator.comparingInt(BulkWriteUpsert::index));
        return BulkWriteResult.acknowledged(inserted, matched, modified, deleted, ids, upserts);
    }
}
