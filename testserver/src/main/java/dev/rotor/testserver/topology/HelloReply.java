package dev.rotor.testserver.topology;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.engine.ServerVersion;
import java.time.Instant;
import java.util.List;

/** The reply of hello and of isMaster, as far as it follows from the state of the member. */
public final class HelloReply {

    /** {@code maxBsonObjectSize}. */
    public static final int MAX_BSON_OBJECT_SIZE = 16 * 1024 * 1024;

    /** {@code maxWriteBatchSize}. */
    public static final int MAX_WRITE_BATCH_SIZE = 100_000;

    private HelloReply() {}

    /** What a hello tells that does not change with the topology. */
    public record Facts(
            ServerVersion version,
            String setName,
            List<String> hosts,
            int member,
            long connectionId,
            int maxMessageSizeBytes) {}

    /** When the last write was, for {@code lastWrite}. */
    public record LastWrite(BsonTimestamp time, Instant date) {}

    /**
     * Builds the reply.
     *
     * @param legacy whether it answers isMaster: {@code ismaster} in place of {@code isWritablePrimary}
     * @param helloOk whether the client has said {@code helloOk: true}
     */
    public static Document of(
            MemberView view, Facts facts, LastWrite lastWrite, Instant now, boolean legacy, boolean helloOk) {
        Document reply = new Document();
        ServerVersion version = facts.version();
        if (helloOk) {
            reply.put("helloOk", true);
        }
        if (version.atLeast(4, 4)) {
            reply.put("topologyVersion", view.topologyVersion());
        }
        if (view.role() == MemberRole.PRIMARY
                || view.role() == MemberRole.SECONDARY
                || view.role() == MemberRole.RECOVERING) {
            replicaSet(reply, view, facts, lastWrite, legacy);
        } else {
            reply.put(legacy ? "ismaster" : "isWritablePrimary", true);
        }
        if (view.role() == MemberRole.MONGOS) {
            reply.put("msg", "isdbgrid");
        }
        reply.put("maxBsonObjectSize", MAX_BSON_OBJECT_SIZE);
        reply.put("maxMessageSizeBytes", facts.maxMessageSizeBytes());
        reply.put("maxWriteBatchSize", MAX_WRITE_BATCH_SIZE);
        reply.put("localTime", now);
        reply.put("logicalSessionTimeoutMinutes", 30);
        reply.put("connectionId", Math.toIntExact(facts.connectionId()));
        reply.put("minWireVersion", 0);
        reply.put("maxWireVersion", WireVersions.of(version));
        if (view.role() != MemberRole.MONGOS) {
            reply.put("readOnly", false);
        }
        return reply;
    }

    private static void replicaSet(Document reply, MemberView view, Facts facts, LastWrite lastWrite, boolean legacy) {
        reply.put("hosts", facts.hosts());
        reply.put("setName", facts.setName());
        reply.put("setVersion", 1);
        boolean primary = view.role() == MemberRole.PRIMARY;
        reply.put(legacy ? "ismaster" : "isWritablePrimary", primary);
        reply.put("secondary", view.role() == MemberRole.SECONDARY);
        if (view.primary() >= 0) {
            reply.put("primary", facts.hosts().get(view.primary()));
        }
        reply.put("me", facts.hosts().get(facts.member()));
        if (primary) {
            reply.put("electionId", view.electionId());
        }
        Document opTime = new Document("ts", lastWrite.time()).append("t", view.term());
        reply.put(
                "lastWrite",
                new Document("opTime", opTime)
                        .append("lastWriteDate", lastWrite.date())
                        .append("majorityOpTime", opTime.cloneDeeply())
                        .append("majorityWriteDate", lastWrite.date()));
    }
}
