package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The read concern of commands in an explicit session: that of the view, together with a time. */
final class SessionReadConcern {

    /** Server 5.0, the first with snapshot reads outside of transactions. */
    private static final int WIRE_VERSION_WITH_SNAPSHOT_READS = 13;

    /** Commands that change something and are told a time all the same; "afterClusterTime", Read and Write Concern. */
    private static final Set<String> WRITES_AFTER_CLUSTER_TIME = Set.of(
            "insert",
            "update",
            "findAndModify",
            "delete",
            "bulkWrite",
            "create",
            "createIndexes",
            "drop",
            "dropDatabase",
            "dropIndexes");

    private SessionReadConcern() {}

    /** Whether the command is told which time it must see. What users send with {@code runCommand} never is. */
    static boolean takesAfterClusterTime(Operation<?> operation) {
        return operation.sendsReadConcern()
                || (operation.sendsWriteConcern() && WRITES_AFTER_CLUSTER_TIME.contains(operation.commandName()));
    }

    /**
     * Writes {@code readConcern} unless there is nothing in it.
     *
     * @param after {@code afterClusterTime}, 0 for none
     */
    static void write(CommandWriter out, @Nullable String level, long after) {
        if (level == null && after == 0) {
            return;
        }
        int mark = out.startDocument(Names.READ_CONCERN);
        if (level != null) {
            out.putString(Names.LEVEL, level);
        }
        if (after != 0) {
            out.putTimestamp(Names.AFTER_CLUSTER_TIME, after);
        }
        out.endDocument(mark);
    }

    /**
     * Writes the {@code readConcern} of a snapshot session, which every command has: so the server refuses what cannot
     * be done in one.
     *
     * @param at {@code atClusterTime}, 0 while it is not known
     * @throws MongoException if the server is too old
     */
    static void writeSnapshot(CommandWriter out, long at, ConnectionDescription connection) {
        if (connection.maxWireVersion() < WIRE_VERSION_WITH_SNAPSHOT_READS) {
            throw new MongoException("Snapshot reads require MongoDB 5.0 or later", null, -1, connection.server());
        }
        int mark = out.startDocument(Names.READ_CONCERN);
        out.putString(Names.LEVEL, "snapshot");
        if (at != 0) {
            out.putTimestamp(Names.AT_CLUSTER_TIME, at);
        }
        out.endDocument(mark);
    }
}
