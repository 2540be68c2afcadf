package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.session.ServerSession;
import dev.rotor.driver.core.topology.Server;
import org.jspecify.annotations.Nullable;

/** What an operation may ask about the attempt whose reply it reads. */
public interface ReplyContext {

    /** The server that replied. */
    Server server();

    /** What is known of the connection on which it replied. */
    ConnectionDescription connection();

    /** When the operation must be over, see {@link dev.rotor.driver.core.time.Deadline}. */
    long deadline();

    /**
     * Takes over the implicit session of this attempt, for a cursor that stays open; whoever takes it gives it back to
     * the pool. {@code null} when the command was sent without one, or in an explicit session.
     */
    @Nullable
    ServerSession takeSession();
}
