package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.topology.TopologyVersion;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A failure of an operation, or of establishing a connection, reduced to what the error handling rules look at.
 *
 * @param kind what failed
 * @param failure the failure itself, kept for the server's description
 * @param handshakeCompleted whether the connection had been established
 * @param generation the generation of the connection on which it happened
 * @param serviceId the service of that connection behind a load balancer, or {@code null}
 * @param code the server's error code, or -1
 * @param message what the server said
 * @param topologyVersion what the server said of its freshness, or {@code null}
 */
public record ApplicationError(
        Kind kind,
        MongoException failure,
        boolean handshakeCompleted,
        int generation,
        @Nullable ObjectId serviceId,
        int code,
        String message,
        @Nullable TopologyVersion topologyVersion) {

    /** What failed. */
    enum Kind {
        /** Connecting, reading or writing. */
        NETWORK,
        /** Time ran out while connecting or waiting for a reply. */
        TIMEOUT,
        /** The server answered with an error, or with a write concern error. */
        COMMAND,
        /**
         * Something else; while a connection is being established it counts, afterwards it says nothing of the server.
         */
        OTHER
    }

    /**
     * Reads a failure.
     *
     * @return {@code null} if it says nothing about the server: a cleared pool, a full pool, a closed client
     */
    static @Nullable ApplicationError of(
            MongoException failure, boolean handshakeCompleted, int generation, @Nullable ObjectId serviceId) {
        if (failure instanceof MongoPoolClearedException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoClientClosedException) {
            return null;
        }
        if (failure instanceof MongoConnectionException network) {
            Kind kind = network.isTimeout() ? Kind.TIMEOUT : Kind.NETWORK;
            return new ApplicationError(kind, failure, handshakeCompleted, generation, serviceId, -1, "", null);
        }
        if (failure instanceof MongoCommandException command) {
            return ofCommand(command, handshakeCompleted, generation, serviceId);
        }
        Kind kind = failure.code() == -1 ? Kind.OTHER : Kind.COMMAND;
        return new ApplicationError(kind, failure, handshakeCompleted, generation, serviceId, failure.code(), "", null);
    }

    private static ApplicationError ofCommand(
            MongoCommandException failure, boolean handshakeCompleted, int generation, @Nullable ObjectId serviceId) {
        BsonDocument response = failure.response();
        int code = failure.code();
        String message = failure.errorMessage();
        BsonValue writeConcernError = response.get("writeConcernError");
        if (code == -1 && message.isEmpty() && writeConcernError != null && writeConcernError.isDocument()) {
            // The command itself succeeded; what befell the write concern is judged in the same way.
            BsonValue innerCode = writeConcernError.asDocument().get("code");
            BsonValue innerMessage = writeConcernError.asDocument().get("errmsg");
            code = innerCode != null && innerCode.isNumber()
                    ? innerCode.asNumber().intValue()
                    : -1;
            message = innerMessage instanceof BsonString text ? text.getValue() : "";
        }
        return new ApplicationError(
                Kind.COMMAND,
                failure,
                handshakeCompleted,
                generation,
                serviceId,
                code,
                message,
                HelloParser.topologyVersion(response));
    }
}
