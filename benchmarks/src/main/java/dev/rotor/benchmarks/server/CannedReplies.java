package dev.rotor.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The replies of a standalone server, as whole messages of which only {@code responseTo} is missing. A command is known
 * by the name of its first element; its arguments are not looked at.
 */
final class CannedReplies {

    /** A reply in both of the forms in which it can be asked for. */
    static final class Reply {

        private final byte[] name;
        private final byte[] opMsg;
        private final byte[] opReply;

        Reply(String commandName, byte[] document) {
            name = (commandName + '\0').getBytes(StandardCharsets.UTF_8);
            opMsg = message(OP_MSG, 5, document)
                    .putInt(0)
                    .put((byte) 0)
                    .put(document)
                    .array();
            opReply = message(OP_REPLY, 20, document)
                    .putInt(AWAIT_CAPABLE)
                    .putLong(0)
                    .putInt(0)
                    .putInt(1)
                    .put(document)
                    .array();
        }

        byte[] bytes(boolean legacy) {
            return legacy ? opReply : opMsg;
        }

        private boolean matches(ByteBuffer in, int at, int end) {
            if (end - at < name.length) {
                return false;
            }
            for (int i = 0; i < name.length; i++) {
                if (in.get(at + i) != name[i]) {
                    return false;
                }
            }
            return true;
        }

        private static ByteBuffer message(int opCode, int fixedPart, byte[] document) {
            int length = HEADER_LENGTH + fixedPart + document.length;
            return ByteBuffer.allocate(length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .putInt(1)
                    .putInt(0)
                    .putInt(opCode);
        }
    }

    static final int HEADER_LENGTH = 16;
    static final int RESPONSE_TO_OFFSET = 8;
    static final int OP_REPLY = 1;
    static final int OP_QUERY = 2004;
    static final int OP_MSG = 2013;

    private static final int AWAIT_CAPABLE = 8;

    /** 2026-01-01T00:00:00Z: a reply must not depend on when it was asked for. */
    private static final long NEW_YEAR_2026 = 1_767_225_600_000L;

    /** The oftenest first: they are searched in this order. */
    private final List<Reply> replies;

    private final Reply found;

    private final Reply notFound = new Reply(
            "",
            new BsonBytes()
                    .float64("ok", 0)
                    .string("errmsg", "the canned server has no reply to this command")
                    .int32("code", 59)
                    .string("codeName", "CommandNotFound")
                    .toBytes());

    CannedReplies(boolean topologyVersion) {
        this(topologyVersion, 0);
    }

    /**
     * Prepares the replies.
     *
     * @param topologyVersion whether hello has a {@code topologyVersion}
     * @param payloadBytes how many bytes of binary data are in the document that is found; 0 for no such field
     */
    CannedReplies(boolean topologyVersion, int payloadBytes) {
        byte[] ok = new BsonBytes().float64("ok", 1).toBytes();
        byte[] hello = hello(topologyVersion);
        found = new Reply("find", find(payloadBytes));
        replies = List.of(
                found,
                new Reply(
                        "insert", new BsonBytes().int32("n", 1).float64("ok", 1).toBytes()),
                new Reply("ping", ok),
                new Reply("hello", hello),
                new Reply("isMaster", hello),
                new Reply("ismaster", hello),
                new Reply("endSessions", ok),
                new Reply("buildInfo", buildInfo()),
                new Reply("buildinfo", buildInfo()));
    }

    /** How long the message is that answers a find, in bytes. */
    int findBytes() {
        return found.opReply.length;
    }

    /** The reply to the command whose name begins at {@code at}. */
    Reply find(ByteBuffer in, int at, int end) {
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            if (reply.matches(in, at, end)) {
                return reply;
            }
        }
        return notFound;
    }

    private static byte[] find(int payloadBytes) {
        BsonBytes reply = new BsonBytes()
                .beginDocument("cursor")
                .beginArray("firstBatch")
                .beginDocument("0")
                .int32("_id", 1)
                .string("name", "Ada Lovelace")
                .string("email", "ada@example.org")
                .string("city", "London")
                .int32("age", 36)
                .int64("visits", 1_815_121_000_000L)
                .float64("score", 0.875)
                .bool("active", true)
                .dateTime("seen", NEW_YEAR_2026)
                .objectId("account", 0x65f1a2b3c4d5e6f7L, 0x08192a3b);
        if (payloadBytes > 0) {
            reply.binary("payload", new byte[payloadBytes]);
        }
        return reply.end()
                .end()
                .int64("id", 0)
                .string("ns", "bench.people")
                .end()
                .float64("ok", 1)
                .toBytes();
    }

    private static byte[] hello(boolean topologyVersion) {
        BsonBytes hello =
                new BsonBytes().bool("helloOk", true).bool("ismaster", true).bool("isWritablePrimary", true);
        if (topologyVersion) {
            hello.beginDocument("topologyVersion")
                    .objectId("processId", 0x65f1a2b3c4d5e6f7L, 1)
                    .int64("counter", 0)
                    .end();
        }
        return hello.int32("maxBsonObjectSize", 16 * 1024 * 1024)
                .int32("maxMessageSizeBytes", 48_000_000)
                .int32("maxWriteBatchSize", 100_000)
                .dateTime("localTime", NEW_YEAR_2026)
                .int32("logicalSessionTimeoutMinutes", 30)
                .int32("connectionId", 1)
                .int32("minWireVersion", 0)
                .int32("maxWireVersion", 25)
                .bool("readOnly", false)
                .float64("ok", 1)
                .toBytes();
    }

    private static byte[] buildInfo() {
        return new BsonBytes()
                .string("version", "8.0.0")
                .beginArray("versionArray")
                .int32("0", 8)
                .int32("1", 0)
                .int32("2", 0)
                .int32("3", 0)
                .end()
                .int32("maxBsonObjectSize", 16 * 1024 * 1024)
                .float64("ok", 1)
                .toBytes();
    }
}
