package dev.rotor.driver.core.op;

import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.wire.CommandWriter;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** What commands carry besides their own elements and their session: finished elements of view, deployment, client. */
final class Decoration {

    /** Sent to a replica set member that is reached directly: it may be a secondary, and the user has asked for it. */
    private static final byte[] PRIMARY_PREFERRED = Elements.encode(
            "$readPreference",
            new BsonDocument("mode", new BsonString(ReadPreference.Mode.PRIMARY_PREFERRED.wireName())));

    /** Server 8.2 is the first that knows {@code rawData}; others would refuse it. */
    private static final int WIRE_VERSION_WITH_RAW_DATA = 27;

    private static final Set<String> WITH_RAW_DATA = Set.of(
            "aggregate",
            "bulkWrite",
            "count",
            "createIndexes",
            "delete",
            "distinct",
            "dropIndexes",
            "find",
            "findAndModify",
            "insert",
            "listCollections",
            "listIndexes",
            "update");

    private Decoration() {}

    /** The concerns of the view where the command takes them and the session does not say otherwise; the database. */
    static void concerns(
            CommandWriter out, Operation<?> operation, ConnectionDescription connection, @Nullable SessionUse use) {
        Scope scope = operation.scope();
        if (use != null) {
            // What begins a transaction has that one's, or the server would not know of the transaction.
            if (operation.takesConcerns() || use.inTransaction()) {
                use.writeConcerns(out, operation, connection);
            }
        } else {
            if (operation.sendsReadConcern()) {
                put(out, scope.readConcernElement());
            }
            if (operation.sendsWriteConcern()) {
                put(out, scope.writeConcernElement());
            }
        }
        put(out, scope.databaseElement());
    }

    /** Cluster time and read preference, which a standalone does not get, and the Stable API version. */
    static void ofDeployment(
            CommandWriter out,
            Operation<?> operation,
            ConnectionDescription connection,
            Server server,
            Engine engine,
            @Nullable SessionUse use) {
        if (!connection.standalone()) {
            put(out, use == null ? engine.clusterClock.element() : use.clusterTime(engine));
            if (use == null || !use.inTransaction()) {
                put(out, readPreference(operation, connection, server));
            }
        }
        Boolean rawData = operation.scope().rawData();
        if (rawData != null
                && connection.maxWireVersion() >= WIRE_VERSION_WITH_RAW_DATA
                && WITH_RAW_DATA.contains(operation.commandName())) {
            out.putBoolean(Names.RAW_DATA, rawData);
        }
        put(out, engine.apiElements);
    }

    private static byte @Nullable [] readPreference(
            Operation<?> operation, ConnectionDescription connection, Server server) {
        byte[] ofView =
                operation.sendsReadPreference(connection) ? operation.scope().readPreferenceElement() : null;
        if (ofView != null) {
            return ofView;
        }
        boolean secondaryWillDo = operation.reads() && !connection.mongos() && server.isDirectToReplicaSetMember();
        return secondaryWillDo ? PRIMARY_PREFERRED : null;
    }

    static void put(CommandWriter out, byte @Nullable [] element) {
        if (element != null) {
            out.putRawElement(element, 0, element.length);
        }
    }

    /**
     * Before anybody is told of a command that cannot be sent.
     *
     * @throws BsonMaximumSizeExceededException if it is longer than the server accepts
     */
    static void checkSize(CommandWriter out, ConnectionDescription connection) {
        int size = out.getPosition();
        if (size > connection.maxMessageSize()) {
            throw new BsonMaximumSizeExceededException("A command of " + size + " bytes is larger than the "
                    + connection.maxMessageSize() + " bytes that " + connection.server() + " accepts");
        }
    }
}
