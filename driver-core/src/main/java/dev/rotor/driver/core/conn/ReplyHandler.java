package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.wire.ReplyEnvelope;

/**
 * Hears the outcome of one request, exactly once (once per reply for a request that lets the server send several).
 * Called on the connection's loop, or on the sending thread before {@link Connection#send} returns.
 */
public interface ReplyHandler {

    /** The reply, parsed in one pass; whether the command succeeded is for the handler to ask it. */
    void onReply(Connection connection, ReplyEnvelope reply);

    /** An unacknowledged request has been handed to the operating system; no reply will come. */
    void onSentUnacknowledged(Connection connection);

    /** The connection broke, timed out, was closed or sent what is not the wire protocol. It is closed already. */
    void onConnectionFailure(Connection connection, MongoException failure);
}
