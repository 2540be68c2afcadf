package dev.rotor.driver.core.op;

import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.SessionTransaction;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code commitTransaction} and {@code abortTransaction}. What they send depends on what became of earlier attempts.
 */
final class EndTransactionOperation extends Operation<Void> {

    private final SessionTransaction transaction;
    private final int which;
    private final boolean commit;

    private EndTransactionOperation(String commandName, Scope admin, BoundSession session, int which, boolean commit) {
        super(commandName, admin);
        this.transaction = session.transaction();
        this.which = which;
        this.commit = commit;
    }

    /** Commits this transaction of the scope's session. */
    static EndTransactionOperation commit(Scope admin, int which) {
        return new EndTransactionOperation(
                "commitTransaction", admin, Objects.requireNonNull(admin.session()), which, true);
    }

    /** Aborts this transaction of the scope's session. */
    static EndTransactionOperation abort(Scope admin, int which) {
        return new EndTransactionOperation(
                "abortTransaction", admin, Objects.requireNonNull(admin.session()), which, false);
    }

    @Override
    ServerSelector selector() {
        return ServerSelector.WRITABLE;
    }

    @Override
    RetryKind retryKind() {
        return RetryKind.WRITE;
    }

    @Override
    SessionRole sessionRole() {
        return commit ? SessionRole.COMMIT : SessionRole.ABORT;
    }

    @Override
    int endedTransaction() {
        return which;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        out.putInt32(commit ? Names.COMMIT_TRANSACTION : Names.ABORT_TRANSACTION, 1);
        if (commit) {
            Fields.putMaxTime(out, scope(), transaction.options(which).maxCommitTime());
        }
        WriteConcern writeConcern = transaction.writeConcern(which, commit);
        Decoration.put(out, scope().encoded(writeConcern));
        Decoration.put(out, transaction.recoveryToken(which));
    }

    @Override
    @Nullable
    Void read(ReplyEnvelope reply, ReplyContext context) {
        if (reply.writeConcernErrorOffset() >= 0) {
            throw WriteReplies.writeConcernFailure(reply, context.connection().server());
        }
        return null;
    }
}
