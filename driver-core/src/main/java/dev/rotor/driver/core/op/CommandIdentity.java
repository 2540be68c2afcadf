package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;

/**
 * What all that is told of one command has in common. Made only when somebody listens.
 *
 * @param requestId the number of its message
 * @param operationId the number of the operation that it is sent for
 * @param databaseName the database
 * @param commandName the command's name
 * @param connection the connection that it is sent on
 */
public record CommandIdentity(
        int requestId, long operationId, String databaseName, String commandName, ConnectionDescription connection) {}
