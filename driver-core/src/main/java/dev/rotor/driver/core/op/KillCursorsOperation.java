package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;

/** {@code killCursors} for one cursor. */
final class KillCursorsOperation extends Operation<@Nullable Void> {

    private final long cursorId;
    private final String collection;

    KillCursorsOperation(Scope scope, long cursorId, String collection) {
        super("killCursors", scope);
        this.cursorId = cursorId;
        this.collection = collection;
    }

    @Override
    ServerSelector selector() {
        throw new IllegalStateException("a killCursors goes to the server of its cursor");
    }

    @Override
    RetryKind retryKind() {
        return RetryKind.NONE;
    }

    @Override
    CommandKind commandKind() {
        return CommandKind.READ;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        out.putString(Names.KILL_CURSORS, collection);
        int mark = out.startArray(Names.CURSORS);
        out.putInt64(out.arrayIndex(0), cursorId);
        out.endDocument(mark);
    }

    @Override
    @Nullable
    Void read(ReplyEnvelope reply, ReplyContext context) {
        return null;
    }
}
