package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.topology.Server;

/** What an operation may ask about the attempt whose reply it reads. */
public interface ReplyContext {

    /** The server that replied. */
    Server server();

    /** What is known of the connection on which it replied. */
    ConnectionDescription connection();

    /** When the operation must be over, see {@link dev.rotor.driver.core.time.Deadline}. */
    long deadline();

    /** Whether the command may be sent a second time without being applied twice: it had a transaction number. */
    boolean isRetryableWrite();

    /**
     * What a cursor that stays open takes over of this attempt: its session, and behind a load balancer its connection.
     * Whoever takes it releases it.
     */
    CursorHome takeHome();
}
