package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.topology.MemberView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands about the replica set. */
final class ReplicationCommands {

    private static final Duration DEFAULT_STEP_DOWN = Duration.ofSeconds(60);

    private ReplicationCommands() {}

    static Document status(Invocation invocation) {
        Cluster cluster = invocation.cluster();
        List<Document> members = new ArrayList<>();
        MemberView own = invocation.process().view();
        for (int i = 0; i < cluster.addresses().size(); i++) {
            MemberRole role = cluster.topology().view(i).role();
            members.add(new Document("_id", i)
                    .append("name", cluster.addresses().get(i))
                    .append("health", role == MemberRole.RECOVERING ? 0.0 : 1.0)
                    .append("state", state(role))
                    .append("stateStr", stateName(role))
                    .append("optime", new Document("ts", cluster.engine().lastOperationTime()).append("t", own.term()))
                    .append("self", i == invocation.member()));
        }
        return new Document("set", cluster.setName())
                .append("date", cluster.clock().instant())
                .append("myState", state(own.role()))
                .append("term", own.term())
                .append("heartbeatIntervalMillis", 2000L)
                .append("members", members);
    }

    private static int state(MemberRole role) {
        return switch (role) {
            case PRIMARY -> 1;
            case SECONDARY -> 2;
            default -> 8;
        };
    }

    private static String stateName(MemberRole role) {
        return switch (role) {
            case PRIMARY -> "PRIMARY";
            case SECONDARY -> "SECONDARY";
            default -> "(not reachable/healthy)";
        };
    }

    static Document config(Invocation invocation) {
        Cluster cluster = invocation.cluster();
        List<Document> members = new ArrayList<>();
        for (int i = 0; i < cluster.addresses().size(); i++) {
            members.add(new Document("_id", i)
                    .append("host", cluster.addresses().get(i))
                    .append("arbiterOnly", false)
                    .append("hidden", false)
                    .append("priority", 1)
                    .append("tags", new Document())
                    .append("votes", 1));
        }
        Document config = new Document("_id", cluster.setName())
                .append("version", 1)
                .append("term", invocation.process().view().term())
                .append("members", members)
                .append("protocolVersion", 1L);
        return new Document("config", config);
    }

    /** Without {@code force} another member must be able to take over. */
    static Document stepDown(Invocation invocation) {
        Document command = invocation.command();
        if (invocation.role() != MemberRole.PRIMARY) {
            throw new CommandError(ErrorCode.NOT_WRITABLE_PRIMARY, "not primary so can't step down");
        }
        Duration period = seconds(command.get("replSetStepDown"), DEFAULT_STEP_DOWN);
        boolean force = Boolean.TRUE.equals(command.get("force"));
        if (!force && !invocation.cluster().topology().hasElectableOther(invocation.member())) {
            throw new CommandError(
                    ErrorCode.EXCEEDED_TIME_LIMIT,
                    "No electable secondaries caught up. Please use the replSetStepDown command with the argument "
                            + "{force: true} to force node to step down.");
        }
        invocation.process().control().stepDown(period);
        return new Document();
    }

    static Document stepUp(Invocation invocation) {
        invocation.process().control().stepUp();
        if (invocation.role() != MemberRole.PRIMARY) {
            throw new CommandError(ErrorCode.COMMAND_FAILED, "Election failed.");
        }
        return new Document();
    }

    static Document freeze(Invocation invocation) {
        Duration period = seconds(invocation.command().get("replSetFreeze"), Duration.ZERO);
        if (invocation.role() == MemberRole.PRIMARY && !period.isZero()) {
            throw new CommandError(
                    ErrorCode.OPERATION_FAILED,
                    "cannot freeze node when primary or running for election. state: Primary");
        }
        invocation.process().control().freeze(period);
        return new Document("info", period.isZero() ? "unfreezing" : "you really want to freeze for some time");
    }

    private static Duration seconds(@Nullable Object value, Duration otherwise) {
        if (value instanceof Number number && number.longValue() >= 0) {
            return number.longValue() == 0 && !otherwise.isZero() ? otherwise : Duration.ofSeconds(number.longValue());
        }
        throw new CommandError(ErrorCode.BAD_VALUE, "a period must be a non-negative number of seconds");
    }
}
