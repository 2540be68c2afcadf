package dev.rotor.driver.core.cursor;

import dev.rotor.driver.ServerAddress;
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
    CompletionStage<Batch<T>> more(long cursorId);

    /** Ends the cursor with this id on the server; completes in any case, without a failure. */
    CompletionStage<@Nullable Void> kill(long cursorId);

    /** There is no cursor on the server any more, or never was: gives back what was held for it. Called once. */
    void release();
}
