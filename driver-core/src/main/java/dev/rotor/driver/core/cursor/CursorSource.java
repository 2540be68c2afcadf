package dev.rotor.driver.core.cursor;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a cursor: where the next batches come from. Calls do not overlap, except that {@link #kill} may
 * follow at any time when no {@link #more} is under way.
 *
 * @param <T> what each result is read as
 */
public interface CursorSource<T> {

    /** The server that holds the cursor. */
    ServerAddress server();

    /** Asks the server for the next batch of the cursor with this id. */
    CompletionStage<? extends Batch<T>> more(long cursorId);

    /** Whether the cursor can be asked again after this failure of {@link #more}. */
    default boolean survives(Throwable failure) {
        return false;
    }

    /** Takes hold of the calling thread's context; {@code null} when nobody carries one. */
    default ContextCarrier.@Nullable Snapshot captureContext() {
        return null;
    }

    /** The user asks for more: where {@code timeoutMS} is for each such call, it begins anew. */
    default void iterate() {}

    /**
     * Ends the cursor with this id on the server; completes in any case, without a failure.
     *
     * @param timeout how long this command may take, or {@code null} for that of the cursor, begun anew
     */
    CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout);

    /**
     * Whether it has a connection of its own behind a load balancer, which the Load Balancers specification leaves to
     * the cursor until the user closes it, even when a round trip has failed.
     */
    default boolean isPinned() {
        return false;
    }

    /** Whether that connection is gone, and with it the only way to the cursor. */
    default boolean isCutOff() {
        return false;
    }

    /**
     * The cursor is being closed while a {@link #more} is under way. Ends that early where nobody but this side can;
     * otherwise it is let finish.
     */
    default void interrupt() {}

    /** There is no cursor on the server any more, or never was: gives back what was held for it. Called once. */
    void release();
}
