package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.transport.EventLoop;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** One connection: at most one request in flight. */
@SuppressWarnings("DoNotCallSuggester")
public final class Connection extends PooledConnection {

    Connection(long id, int generation) {
        super(id, generation);
    }

    /** What the handshake told; only after {@link #open} has succeeded. */
    public ConnectionDescription description() {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a command: header, flags and the start of section 0 are written, the caller writes the elements of the
     * command, then calls {@link CommandWriter#endBody}, then adds document sequences. Exactly one of {@link #send} and
     * {@link CommandWriter#discard} must follow.
     */
    public CommandWriter beginCommand() {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends a finished command. After this call the handler may already have been called, on this or another thread.
     *
     * @param command the command, the connection's from now on
     * @param handler hears the outcome
     * @param deadline when to give the reply up and close the connection, see
     *     {@link dev.rotor.driver.core.time.Deadline}; the socket timeout applies as well
     */
    public void send(CommandWriter command, ReplyHandler handler, long deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventLoop loop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void open(OpenListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(MongoException reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isClosed() {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable ObjectId serviceId() {
        throw new UnsupportedOperationException();
    }
}
