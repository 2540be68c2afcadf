package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.RetryableStatements;
import dev.rotor.testserver.session.SessionRecord;
import org.jspecify.annotations.Nullable;

/** The statements of one retryable write, over the record of its session. */
final class RecordedStatements implements RetryableStatements {

    private final SessionRecord session;
    private final Invocation invocation;

    RecordedStatements(SessionRecord session, Invocation invocation) {
        this.session = session;
        this.invocation = invocation;
    }

    @Override
    public @Nullable Document recall(int stmtId) {
        return session.recall(stmtId);
    }

    /** The server's fail point onPrimaryTransactionalWrite: closes the connection, before the commit or after it. */
    @Override
    public void beforeCommit(int stmtId) {
        Document data =
                invocation.process().failPoints().onPrimaryTransactionalWrite().strike(each -> true);
        if (data == null) {
            return;
        }
        if (!Boolean.FALSE.equals(data.get("closeConnection"))) {
            invocation.closeConnection();
        }
        if (data.get("failBeforeCommitExceptionCode") instanceof Number code) {
            throw new CommandError(
                    code.intValue(),
                    "Failing write due to onPrimaryTransactionalWrite failpoint. The write must not be reflected.");
        }
    }

    @Override
    public void record(int stmtId, Document result) {
        session.record(stmtId, result);
    }
}
