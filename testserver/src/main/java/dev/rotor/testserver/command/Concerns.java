package dev.rotor.testserver.command;

import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ReadConcern;
import dev.rotor.testserver.engine.SessionRequest;
import org.jspecify.annotations.Nullable;

/** Which read and write concerns go with which command. */
final class Concerns {

    private Concerns() {}

    static ReadConcern readConcern(Invocation invocation) {
        ReadConcern concern = Arguments.readConcern(invocation.command());
        if (concern.equals(ReadConcern.NONE)) {
            return concern;
        }
        boolean standalone = invocation.deployment() == DeploymentKind.STANDALONE;
        if (standalone && (concern.afterClusterTime() != null || concern.isSnapshot())) {
            throw new CommandError(
                    ErrorCode.NOT_A_REPLICA_SET,
                    "node needs to be a replica set member to use readConcern: "
                            + (concern.isSnapshot() ? "snapshot" : "afterClusterTime"));
        }
        if (invocation.isInTransaction()) {
            checkInTransaction(invocation, concern);
            return concern;
        }
        String level = concern.level();
        if (level != null && !takes(invocation, level)) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "Command " + invocation.name() + " does not support { readConcern: { level: \"" + level
                            + "\", provenance: \"clientSupplied\" } } :: caused by :: read concern not supported");
        }
        if ("linearizable".equals(level) && Access.writesByPipeline(invocation)) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "A pipeline that writes cannot be used with a 'linearizable' read concern level");
        }
        return concern;
    }

    private static boolean takes(Invocation invocation, String level) {
        // A cursor reads what it was opened on; snapshot sessions of some drivers say it once more.
        if (invocation.name().equals("getMore") || invocation.name().equals("killCursors")) {
            return true;
        }
        // Snapshot reads outside of transactions came with 5.0.
        return invocation.traits().takesReadConcern(level)
                && (!level.equals("snapshot") || invocation.version().atLeast(5, 0));
    }

    private static void checkInTransaction(Invocation invocation, ReadConcern concern) {
        SessionRequest session = invocation.session();
        if (session != null && !session.startTransaction()) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "Only the first command in a transaction may specify a readConcern");
        }
        String level = concern.level();
        if (level != null && !level.equals("local") && !level.equals("majority") && !level.equals("snapshot")) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a "
                            + "transaction");
        }
    }

    static @Nullable WriteConcern writeConcern(Invocation invocation) {
        WriteConcern concern = WriteConcern.parse(invocation.command());
        if (concern == null) {
            return null;
        }
        if (invocation.isInTransaction() && !invocation.endsTransaction()) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "writeConcern is not allowed within a multi-statement transaction");
        }
        if (!invocation.traits().takesWriteConcern()) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "Command " + invocation.name() + " does not support writeConcern");
        }
        concern.checkFor(invocation.deployment());
        return concern;
    }
}
