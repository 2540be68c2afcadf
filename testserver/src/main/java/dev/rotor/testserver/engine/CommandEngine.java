package dev.rotor.testserver.engine;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.operations.StoreEngine;
import java.time.Instant;

/**
 * One deployment's data and what commands do to it. All members of a deployment share one engine: a replica set here
 * has no replication lag, a cluster no chunks. Thread-safe; several connections execute at once.
 */
public interface CommandEngine extends AutoCloseable {

    /**
     * Runs one command. The front has refused, before, what no command of that version takes (API parameters, unknown
     * sessions, stale {@code txnNumber}, commands that need a primary) and answers by itself what {@link #executes}
     * does not name.
     *
     * @return the reply without {@code $clusterTime} and {@code operationTime}; {@code ok: 1} may be absent and is
     *     added. The document belongs to the caller: nothing in it is live storage
     * @throws CommandError if the command as a whole fails; {@code writeErrors} are part of a reply instead
     */
    Document execute(CommandRequest request);

    /**
     * Whether the engine executes the command of that name (exact spelling); the front refuses all others with code 59.
     */
    boolean executes(String commandName);

    /**
     * The time of the newest entry of the log of operations: what a reply reports as {@code operationTime}. Never goes
     * back. A standalone has such a log as well, it only does not show it.
     */
    BsonTimestamp lastOperationTime();

    /** The wall clock time of the entry at {@link #lastOperationTime()}: {@code lastWrite.lastWriteDate} of a hello. */
    Instant lastWriteDate();

    /**
     * Writes entries that change nothing until {@link #lastOperationTime()} has reached {@code time}, as a primary does
     * for a reader that waits for {@code afterClusterTime} and as every member does when it learns of a later cluster
     * time.
     */
    void advanceTo(BsonTimestamp time);

    /**
     * The primary of a replica set steps down or dies: transactions that are not committed are aborted. Cursors of a
     * member that stays up survive (4.2 and later).
     */
    void primaryLeft();

    /** Aborts transactions that have been open for too long, as {@code transactionLifetimeLimitSeconds} says. */
    void abortTransactionsBegunBefore(Instant time);

    /** The process of a member ends: its cursors are gone, and on a mongos its open transactions too. */
    void memberStopped(int member);

    /**
     * {@code endSessions}, {@code killSessions}, or expiry: open transactions are aborted and cursors of the session
     * closed.
     */
    void sessionEnded(SessionKey session);

    /** Interrupts nothing: the front has ended every waiting command before. Afterwards no thread or memory is held. */
    @Override
    void close();

    /** The engine of a new deployment without data. */
    static CommandEngine create(EngineSettings settings) {
        return new StoreEngine(settings);
    }
}
