package dev.rotor.driver.core.conn;

import dev.rotor.driver.ServerAddress;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the handshake told about a connection.
 *
 * @param server the address that was connected to
 * @param localId the driver's number for the connection
 * @param serverConnectionId the server's number for it, or -1
 * @param minWireVersion the server's oldest wire version
 * @param maxWireVersion the server's newest wire version
 * @param maxDocumentSize {@code maxBsonObjectSize} in bytes
 * @param maxMessageSize {@code maxMessageSizeBytes}
 * @param maxBatchCount {@code maxWriteBatchSize}
 * @param logicalSessionTimeoutMinutes how long server sessions live, or {@code null} where there are none
 * @param mongos whether the peer is a mongos
 * @param standalone whether the peer is a standalone server
 * @param serviceId the load-balanced service, or {@code null}
 */
public record ConnectionDescription(
        ServerAddress server,
        long localId,
        long serverConnectionId,
        int minWireVersion,
        int maxWireVersion,
        int maxDocumentSize,
        int maxMessageSize,
        int maxBatchCount,
        @Nullable Integer logicalSessionTimeoutMinutes,
        boolean mongos,
        boolean standalone,
        @Nullable ObjectId serviceId) {}
