package dev.rotor.testserver.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * How a command waits: never past {@code maxTimeMS}, the end of its connection, {@code killOp}, a step-down that
 * interrupts it, or the end of the server. Each of these ends the wait with the {@link CommandError} that a server
 * would give.
 */
public interface Waiting {

    /**
     * Waits on a condition whose lock the caller holds. Wakes up for no reason, too: ask again whether what was waited
     * for is there.
     *
     * @param lock the lock of the condition, held once by the caller
     * @param nanos how long at most; returns at once if not positive
     * @return the rest of {@code nanos}; not positive when they are over
     * @throws CommandError if the command must end ({@code MaxTimeMSExpired}, {@code InterruptedDueToReplStateChange},
     *     {@code InterruptedAtShutdown}, {@code ClientDisconnect} ...); the lock is still held then
     */
    long await(Lock lock, Condition condition, long nanos);

    /** Throws as {@link #await} does if the command must end; to be called between pieces of long work. */
    void checkForInterrupt();

    /**
     * For a {@code getMore} on an awaitData cursor: {@code maxTimeMS} is then how long to await, and no limit to the
     * command.
     */
    void noTimeLimit();
}
