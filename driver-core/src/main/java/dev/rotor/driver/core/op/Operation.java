package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * One command as a value: what to send and how to read the reply. It knows nothing of pools, sessions or retries, and
 * may be written several times.
 *
 * @param <T> what the reply is read as
 */
public abstract class Operation<T extends @Nullable Object> {

    private final String commandName;
    private final Scope scope;

    /** Makes an operation of a view. */
    protected Operation(String commandName, Scope scope) {
        this.commandName = commandName;
        this.scope = scope;
    }

    /** The command's name: its first element. */
    public final String commandName() {
        return commandName;
    }

    /** The view whose database, concerns and codecs it uses. */
    public final Scope scope() {
        return scope;
    }

    /** What it needs of its server. */
    abstract ServerSelector selector();

    /** By which rules it may be sent again. */
    abstract RetryKind retryKind();

    /** Which settings allow it to be sent again to a deployment that was overloaded. */
    CommandKind commandKind() {
        return retryKind() == RetryKind.READ ? CommandKind.READ : CommandKind.WRITE;
    }

    /**
     * The {@code maxTimeMS} that is sent along because of {@code timeoutMS}.
     *
     * @param left how many milliseconds the server may take, {@link Timeouts#UNLIMITED} for any number
     * @return milliseconds, or {@link Timeouts#UNLIMITED} to send none
     */
    long maxTimeMillis(long left) {
        return left;
    }

    /** Whether the view's read concern is sent along. */
    boolean sendsReadConcern() {
        return false;
    }

    /** Whether the view's write concern is sent along. */
    boolean sendsWriteConcern() {
        return false;
    }

    /** Whether its command knows concerns at all; one that does not is given none by a session either. */
    boolean takesConcerns() {
        return true;
    }

    /** Whether the view's read preference is sent along, to servers that want it. */
    boolean sendsReadPreference() {
        return false;
    }

    /** The same for a connection that is known. */
    boolean sendsReadPreference(ConnectionDescription connection) {
        return sendsReadPreference();
    }

    /** Whether a member that may be a secondary has to be told that the user accepts that. */
    boolean reads() {
        return sendsReadPreference() || retryKind() == RetryKind.READ;
    }

    /** What it is to the explicit session of its view. */
    SessionRole sessionRole() {
        return SessionRole.OPERATION;
    }

    /** Which transaction of that session it ends, where that is what it is there for; 0 for none. */
    int endedTransaction() {
        return 0;
    }

    /** Whether its own read preference, where it has one besides that of the transaction, lets it be done in one. */
    boolean isReadableInTransaction() {
        return true;
    }

    /** Whether it was given a write concern of its own, which no operation in a transaction may have. */
    boolean hasOwnWriteConcern() {
        return false;
    }

    /** Whether the server need not reply when the write concern says so. */
    boolean mayBeUnacknowledged() {
        return false;
    }

    /** Whether the server replies. */
    final boolean isAcknowledged() {
        return !mayBeUnacknowledged() || scope.isAcknowledged();
    }

    /** The result when the server does not reply. */
    @Nullable
    T unacknowledgedResult() {
        throw new IllegalStateException(commandName + " is always acknowledged");
    }

    /** Writes the command's own elements, its name first. */
    abstract void writeBody(CommandWriter out, ConnectionDescription connection);

    /** Writes document sequences, after the body has ended. */
    void writeSequences(CommandWriter out, ConnectionDescription connection) {}

    /**
     * Reads a reply with {@code ok: 1}.
     *
     * @throws dev.rotor.driver.MongoException if the reply tells of a failure all the same
     */
    abstract @Nullable T read(ReplyEnvelope reply, ReplyContext context);

    /**
     * Reads one of several replies that the server sends to one command; the last one is for {@link #read}.
     *
     * @param from the connection, on which the next one will come
     * @param by who has sent the command and hears the replies
     */
    void readStreamed(ReplyEnvelope reply, Connection from, ReplyHandler by) {
        throw new IllegalStateException(commandName + " does not let the server send several replies");
    }

    /** Takes care of a result that came after whoever asked for it had given up. */
    final void unwanted(@Nullable Object result) {
        if (result instanceof BatchCursor<?> cursor) {
            cursor.close();
        } else if (result instanceof ClientBatchReply reply) {
            reply.close();
        }
    }
}
