package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.RetryableStatements;
import dev.rotor.testserver.query.Values;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Executes the statements of a write command: each retryable one once, and which failures end the whole command. */
final class Statements {
    /** Codes that end a command in a transaction rather than become a write error. */
    private static final Set<Integer> TRANSIENT = Set.of(
            ErrorCode.WRITE_CONFLICT.code(),
            ErrorCode.SNAPSHOT_UNAVAILABLE.code(),
            ErrorCode.NO_SUCH_TRANSACTION.code(),
            ErrorCode.LOCK_TIMEOUT.code(),
            ErrorCode.PREPARED_TRANSACTION_IN_PROGRESS.code());
    /** Codes that end every command. */
    private static final Set<Integer> INTERRUPTIONS = Set.of(
            ErrorCode.MAX_TIME_MS_EXPIRED.code(),
            ErrorCode.INTERRUPTED.code(),
            ErrorCode.INTERRUPTED_AT_SHUTDOWN.code(),
            ErrorCode.INTERRUPTED_DUE_TO_REPL_STATE_CHANGE.code(),
            ErrorCode.CLIENT_DISCONNECT.code(),
            ErrorCode.NOT_WRITABLE_PRIMARY.code(),
            ErrorCode.PRIMARY_STEPPED_DOWN.code());

    private final Call call;
    private final @Nullable RetryableStatements retryable;

    Statements(Call call) {
        this.call = call;
        retryable = call.request().statements();
    }

    /** The result of the statement at {@code index}: what it gave the first time, or what executing it gives now. */
    Document run(int index, Supplier<Document> statement) {
        int id = id(index);
        if (retryable != null) {
            Document before = retryable.recall(id);
            if (before != null) {
                return before;
            }
        }
        call.writer().statement(id);
        Document result = statement.get();
        if (retryable != null) {
            retryable.record(id, result.cloneDeeply());
        }
        return result;
    }

    private int id(int index) {
        if (call.command().get("stmtIds") instanceof List<?> ids && index < ids.size()) {
            return (int) Values.whole(ids.get(index), index);
        }
        return (int) call.number("stmtId", 0) + index;
    }

    /** Throws the error on if it is not one that a single statement may have. */
    void orThrow(CommandError error) {
        if (INTERRUPTIONS.contains(error.code()) || (call.overlay() != null && TRANSIENT.contains(error.code()))) {
            throw error;
        }
    }

    /** The error as an element of {@code writeErrors}. */
    static Document asWriteError(int index, CommandError error) {
        Document document = new Document("index", index).append("code", error.code());
        document.append("errmsg", error.message());
        error.extra().forEach((name, value) -> document.append(name, Values.copy(value)));
        return document;
    }
}
