package dev.rotor.testserver.storage;

import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.RetryableStatements;
import dev.rotor.testserver.engine.Waiting;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who writes: a transaction, whose writes stay in its overlay, or a plain command, whose writes count at once. They
 * differ in what they do when another transaction has an uncommitted write in the way: a transaction fails with
 * WriteConflict, a plain command waits until that transaction ends.
 */
public final class Writer {
    private final Store store;
    private final Waiting waiting;
    private final @Nullable Overlay overlay;
    private final @Nullable RetryableStatements statements;
    private int statement;
    private boolean announced;

    public Writer(Store store, Waiting waiting, @Nullable Overlay overlay, @Nullable RetryableStatements statements) {
        this.store = store;
        this.waiting = waiting;
        this.overlay = overlay;
        this.statements = statements;
    }

    public @Nullable Overlay overlay() {
        return overlay;
    }

    public ReadPoint readPoint() {
        return overlay == null ? ReadPoint.LATEST : overlay.readPoint();
    }

    /** The statement that the next write belongs to. */
    public void statement(int stmtId) {
        statement = stmtId;
        announced = false;
    }

    void beforeCommit() {
        if (statements != null && !announced) {
            announced = true;
            statements.beforeCommit(statement);
        }
    }

    /**
     * Makes sure that the record may be written: nobody else has an uncommitted write on it, and no later one is
     * committed than the transaction sees. A plain command looks at the record only after this: it may have changed
     * meanwhile.
     */
    public void claim(StoredRecord record) {
        while (record.owner() != null && record.owner() != overlay) {
            awaitOther();
        }
        if (overlay != null
                && record.owner() == null
                && record.committedAt() > overlay.readPoint().time()) {
            throw conflict();
        }
    }

    /** Waits for another transaction to end; a transaction does not wait. */
    void awaitOther() {
        if (overlay != null) {
            throw conflict();
        }
        long left = waiting.await(store.lock(), store.changed(), TimeUnit.DAYS.toNanos(1));
        if (left <= 0) {
            throw new CommandError(ErrorCode.MAX_TIME_MS_EXPIRED, "operation exceeded time limit");
        }
    }

    static CommandError conflict() {
        return new CommandError(
                ErrorCode.WRITE_CONFLICT,
                "Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.");
    }
}
