package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a connection says first, and what it learns from the answer. Pure functions.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/mongodb-handshake/handshake.md">MongoDB
 *     Handshake</a>
 */
final class Handshake {

    private static final int DEFAULT_MAX_DOCUMENT_SIZE = 16 * 1024 * 1024;
    private static final int DEFAULT_MAX_MESSAGE_SIZE = 48_000_000;
    private static final int DEFAULT_MAX_BATCH_COUNT = 100_000;
    /** However large a server says that messages may be, no reply gets more memory than this. */
    private static final int MAX_MESSAGE_SIZE_TO_BELIEVE = 128 * 1024 * 1024;

    private static final byte[] HELLO = CommandWriter.name("hello");
    private static final byte[] LEGACY_HELLO = CommandWriter.name("isMaster");
    private static final byte[] HELLO_OK = CommandWriter.name("helloOk");
    private static final byte[] BACKPRESSURE = CommandWriter.name("backpressure");
    private static final byte[] CLIENT = CommandWriter.name("client");
    private static final byte[] COMPRESSION = CommandWriter.name("compression");
    private static final byte[] LOAD_BALANCED = CommandWriter.name("loadBalanced");
    private static final byte[] API_VERSION = CommandWriter.name("apiVersion");
    private static final byte[] API_STRICT = CommandWriter.name("apiStrict");
    private static final byte[] API_DEPRECATION_ERRORS = CommandWriter.name("apiDeprecationErrors");
    private static final byte[] DB = CommandWriter.name("$db");

    private Handshake() {}

    /** Whether the first message must use the modern name: servers that know it are certain to be there. */
    static boolean startsWithHello(ConnectionConfig config) {
        return config.serverApi() != null || config.loadBalanced();
    }

    /** Writes the first hello of a connection, whole. */
    static void writeFirst(CommandWriter out, ConnectionConfig config, Authenticator.Conversation conversation) {
        writeName(out, startsWithHello(config));
        out.putString(BACKPRESSURE, "2");
        byte[] client = config.metadata().bson();
        out.putRawDocument(CLIENT, client, 0, client.length);
        int compression = out.startArray(COMPRESSION);
        List<Compressor> compressors = config.compressors();
        for (int i = 0; i < compressors.size(); i++) {
            out.putString(out.arrayIndex(i), compressors.get(i).name());
        }
        out.endDocument(compression);
        if (config.loadBalanced()) {
            out.putBoolean(LOAD_BALANCED, true);
        }
        conversation.appendToHello(out, config.address());
        writeEnd(out, config.serverApi());
    }

    /** Starts a hello: its name, and the question whether the modern one is known. */
    static void writeName(CommandWriter out, boolean modern) {
        if (modern) {
            out.putInt32(HELLO, 1);
        } else {
            out.putInt32(LEGACY_HELLO, 1);
            out.putBoolean(HELLO_OK, true);
        }
    }

    /** Ends any hello: database and Stable API. */
    static void writeEnd(CommandWriter out, @Nullable ServerApi api) {
        out.putString(DB, "admin");
        if (api != null) {
            out.putString(API_VERSION, api.version().wireName());
            Boolean strict = api.strict();
            if (strict != null) {
                out.putBoolean(API_STRICT, strict);
            }
            Boolean deprecationErrors = api.deprecationErrors();
            if (deprecationErrors != null) {
                out.putBoolean(API_DEPRECATION_ERRORS, deprecationErrors);
            }
        }
        out.endBody();
    }

    /**
     * What a hello reply tells.
     *
     * @param config the connection's
     * @param localId the driver's number for the connection
     * @param reply the reply, {@code ok: 1}
     * @throws MongoConfigurationException if this driver cannot talk to the server
     */
    static ConnectionDescription describe(ConnectionConfig config, long localId, BsonDocument reply) {
        ServerAddress address = config.address();
        int minWireVersion = (int) number(reply, "minWireVersion", 0);
        int maxWireVersion = (int) number(reply, "maxWireVersion", 0);
        String incompatible = WireVersions.incompatibility(ServerDescription.builder(address)
                .type(ServerType.STANDALONE)
                .minWireVersion(minWireVersion)
                .maxWireVersion(maxWireVersion)
                .build());
        if (incompatible != null) {
            throw new MongoConfigurationException(incompatible);
        }
        // What answers behind a load balancer is treated like a mongos, and always has sessions, which never expire.
        boolean mongos = config.loadBalanced() || isString(reply, "msg", "isdbgrid");
        boolean standalone = !mongos && !reply.containsKey("setName") && !isTrue(reply, "isreplicaset");
        long timeout = config.loadBalanced() ? Integer.MAX_VALUE : number(reply, "logicalSessionTimeoutMinutes", -1);
        return new ConnectionDescription(
                address,
                localId,
                number(reply, "connectionId", -1),
                minWireVersion,
                maxWireVersion,
                positive(reply, "maxBsonObjectSize", DEFAULT_MAX_DOCUMENT_SIZE),
                positive(reply, "maxMessageSizeBytes", DEFAULT_MAX_MESSAGE_SIZE),
                positive(reply, "maxWriteBatchSize", DEFAULT_MAX_BATCH_COUNT),
                timeout < 0 ? null : (int) Math.min(timeout, Integer.MAX_VALUE),
                mongos,
                standalone,
                config.loadBalanced() ? serviceId(reply) : null);
    }

    /** What the commands to the server are compressed with; {@code null} for nothing. */
    static @Nullable Compressor compressor(ConnectionConfig config, BsonDocument reply) {
        BsonValue known = reply.get("compression");
        if (known == null || !known.isArray()) {
            return null;
        }
        for (Compressor compressor : config.compressors()) {
            if (known.asArray().contains(new BsonString(compressor.name()))) {
                return compressor;
            }
        }
        return null;
    }

    /** The largest message that a server with this description may send. */
    static int maxFrameBytes(ConnectionDescription description) {
        return Math.min(Math.max(description.maxMessageSize(), DEFAULT_MAX_MESSAGE_SIZE), MAX_MESSAGE_SIZE_TO_BELIEVE);
    }

    static boolean isTrue(BsonDocument reply, String name) {
        BsonValue value = reply.get(name);
        return value != null && value.isBoolean() && value.asBoolean().getValue();
    }

    private static ObjectId serviceId(BsonDocument reply) {
        BsonValue value = reply.get("serviceId");
        if (value == null || !value.isObjectId()) {
            throw new MongoConfigurationException(
                    "Driver attempted to initialize in load balancing mode, but the server does not support this"
                            + " mode.");
        }
        return value.asObjectId().getValue();
    }

    private static boolean isString(BsonDocument reply, String name, String expected) {
        BsonValue value = reply.get(name);
        return value != null && value.isString() && value.asString().getValue().equals(expected);
    }

    private static int positive(BsonDocument reply, String name, int otherwise) {
        long value = number(reply, name, otherwise);
        return value > 0 ? (int) Math.min(value, MAX_MESSAGE_SIZE_TO_BELIEVE) : otherwise;
    }

    private static long number(BsonDocument reply, String name, long otherwise) {
        BsonValue value = reply.get(name);
        return value != null && value.isNumber() ? value.asNumber().longValue() : otherwise;
    }
}
