package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.topology.Topology;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command's {@code writeConcern}: read before the command runs, waited for afterwards. */
record WriteConcern(Object w, boolean journal, long timeoutMillis, Document given) {

    private static final int MAX_MEMBERS = 50;
    /** How many members the one shard behind the routers would have. */
    private static final int SHARD_MEMBERS = 3;

    /** Reads it; null if the command says nothing. */
    static @Nullable WriteConcern parse(Document command) {
        Object given = command.get("writeConcern");
        if (given == null) {
            return null;
        }
        if (!(given instanceof Document document)) {
            throw Arguments.wrongType("writeConcern", "object");
        }
        Object w = 1;
        boolean journal = false;
        long timeout = 0;
        for (String field : document.keySet()) {
            Object value = document.get(field);
            switch (field) {
                case "w" -> w = w(value);
                case "j", "fsync" -> journal |= isTrue(field, value);
                case "wtimeout" -> timeout = value instanceof Number number ? number.longValue() : 0;
                case "provenance", "getLastError", "wElectionId", "wOpTime" -> {}
                default ->
                    throw new CommandError(40415, "BSON field 'writeConcern." + field + "' is an unknown field.");
            }
        }
        return new WriteConcern(w, journal, timeout, document);
    }

    private static Object w(@Nullable Object value) {
        if (value instanceof String || value instanceof Document) {
            return value;
        }
        if (value instanceof Number number) {
            long count = number.longValue();
            if (count < 0 || count > MAX_MEMBERS) {
                throw new CommandError(
                        ErrorCode.FAILED_TO_PARSE,
                        "w has to be a non-negative number and not greater than 50; found: " + count);
            }
            return (int) count;
        }
        throw new CommandError(ErrorCode.FAILED_TO_PARSE, "w has to be a number, string, or object; found: " + value);
    }

    private static boolean isTrue(String field, @Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        throw new CommandError(ErrorCode.FAILED_TO_PARSE, field + " must be numeric or a boolean value");
    }

    /** Refuses what the deployment cannot give at all: a standalone has one member. */
    void checkFor(DeploymentKind kind) {
        if (kind != DeploymentKind.STANDALONE) {
            return;
        }
        if (w instanceof Integer count && count > 1) {
            throw new CommandError(ErrorCode.BAD_VALUE, "cannot use 'w' > 1 when a host is not replicated");
        }
        if (w instanceof String mode && !mode.equals("majority")) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE,
                    "cannot use non-majority 'w' mode \"" + mode + "\" when a host is not a member of a replica set");
        }
    }

    /** Waits until as many members have the write; the {@code writeConcernError} if they do not get it, else null. */
    @Nullable
    Document await(Invocation invocation) {
        Cluster cluster = invocation.cluster();
        if (cluster.kind() != DeploymentKind.REPLICA_SET) {
            return cluster.kind() != DeploymentKind.STANDALONE && w instanceof Integer count && count > SHARD_MEMBERS
                    ? error(ErrorCode.UNSATISFIABLE_WRITE_CONCERN, "Not enough data-bearing nodes")
                    : unknownMode();
        }
        int members = cluster.addresses().size();
        int needed;
        if (w instanceof Integer count) {
            needed = count;
        } else if ("majority".equals(w)) {
            needed = members / 2 + 1;
        } else {
            return unknownMode();
        }
        if (needed > members) {
            return error(ErrorCode.UNSATISFIABLE_WRITE_CONCERN, "Not enough data-bearing nodes");
        }
        Topology topology = cluster.topology();
        int member = invocation.member();
        if (needed <= 1 || topology.replicatedTo(member) >= needed) {
            return null;
        }
        return awaitMembers(invocation, topology, needed);
    }

    private @Nullable Document awaitMembers(Invocation invocation, Topology topology, int needed) {
        int member = invocation.member();
        boolean[] steppedDown = new boolean[1];
        boolean decided;
        try {
            decided = topology.await(
                    () -> {
                        steppedDown[0] = topology.view(member).role() != MemberRole.PRIMARY;
                        return steppedDown[0] || topology.replicatedTo(member) >= needed;
                    },
                    timeoutMillis > 0 ? TimeUnit.MILLISECONDS.toNanos(timeoutMillis) : Long.MAX_VALUE / 2,
                    invocation.interruption());
        } catch (CommandError ended) {
            if (ended.code() != ErrorCode.INTERRUPTED_DUE_TO_REPL_STATE_CHANGE.code()) {
                throw ended;
            }
            // The step-down met the write before its wait: it is applied all the same, and waits no more.
            decided = true;
            steppedDown[0] = true;
        }
        if (!decided) {
            Document error = error(ErrorCode.WRITE_CONCERN_TIMEOUT, "waiting for replication timed out");
            error.put("codeName", invocation.version().atLeast(8, 1) ? "WriteConcernTimeout" : "WriteConcernFailed");
            error.put("errInfo", new Document("wtimeout", true).append("writeConcern", shown()));
            return error;
        }
        return steppedDown[0]
                ? error(ErrorCode.PRIMARY_STEPPED_DOWN, "Primary stepped down while waiting for replication")
                : null;
    }

    private @Nullable Document unknownMode() {
        if (w instanceof String mode && !mode.equals("majority")) {
            return error(
                    ErrorCode.UNKNOWN_REPL_WRITE_CONCERN,
                    "No write concern mode named '" + mode + "' found in replica set configuration");
        }
        return null;
    }

    private Document error(ErrorCode code, String message) {
        return new Document("code", code.code())
                .append("codeName", code.codeName())
                .append("errmsg", message)
                .append("errInfo", new Document("writeConcern", shown()));
    }

    private Document shown() {
        return new Document("w", w)
                .append("wtimeout", Math.toIntExact(Math.min(timeoutMillis, Integer.MAX_VALUE)))
                .append("provenance", "clientSupplied");
    }
}
