package dev.rotor.driver.core.cursor;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.future.Forgotten;
import java.lang.ref.Cleaner;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Closes the cursors of a client that their users have forgotten to close, once the garbage collector has found them,
 * and says so: of the first one aloud, since a program that forgets one forgets many.
 */
public final class AbandonedCursors {

    /** The logger's name. */
    public static final String LOGGER = "dev.rotor.driver.cursor";

    private final Supplier<? extends Executor> loops;
    private final Logger logger;
    private final AtomicLong found = new AtomicLong();

    /**
     * Watches over the cursors of a client.
     *
     * @param loops gives what closes them: it must not be the cleaner's thread, on which the user's listeners and log
     *     would hold up everyone
     * @param logger where they are told of
     */
    public AbandonedCursors(Supplier<? extends Executor> loops, Logger logger) {
        this.loops = loops;
        this.logger = logger;
    }

    /** Where a cursor is being opened, for the log; {@code null} unless somebody has asked to be told by its level. */
    public @Nullable Throwable here() {
        return logger.isDebugEnabled() ? new Throwable("The cursor was opened here") : null;
    }

    /** How many were found so far. */
    public long found() {
        return found.get();
    }

    /**
     * Closes a cursor when nobody can reach its user's end any more.
     *
     * @param user the user's end; nothing that the cursor refers to may refer to it
     * @param opened what {@link #here} gave when it was opened
     * @return to be called when the cursor has ended or is closed; closes nothing then
     */
    Cleaner.Cleanable watch(Object user, BatchCursor<?> cursor, @Nullable Throwable opened) {
        return Forgotten.watch(user, new Watch(this, cursor, opened));
    }

    /** What is left of a cursor when its user's end is gone. */
    private static final class Watch implements Runnable {
        private final AbandonedCursors owner;
        private final BatchCursor<?> cursor;
        private final @Nullable Throwable opened;

        Watch(AbandonedCursors owner, BatchCursor<?> cursor, @Nullable Throwable opened) {
            this.owner = owner;
            this.cursor = cursor;
            this.opened = opened;
        }

        @Override
        public void run() {
            if (cursor.holdsSomething()) {
                owner.close(cursor, opened);
            }
        }
    }

    private void close(BatchCursor<?> cursor, @Nullable Throwable opened) {
        try {
            loops.get().execute(() -> {
                ServerAddress server = cursor.server();
                cursor.close();
                tell(server, opened);
            });
        } catch (RejectedExecutionException e) {
            // The client is closed, and all that cursors hold with it.
            logger.trace("A cursor was left open until after its client was closed", e);
        }
    }

    private void tell(ServerAddress server, @Nullable Throwable opened) {
        long number = found.incrementAndGet();
        if (number > 1) {
            logger.debug(
                    "{} cursors of this client were never closed by now; the last one on {}", number, server, opened);
        } else if (opened != null) {
            logger.warn(
                    "A cursor on {} was never closed, so the driver does it now, late: close what open() gives. More"
                            + " such cursors of this client are logged at DEBUG",
                    server,
                    opened);
        } else {
            logger.warn(
                    "A cursor on {} was never closed, so the driver does it now, late: close what open() gives. To be"
                            + " told where such cursors are opened, set the logger {} to DEBUG; more of them are logged"
                            + " at that level only",
                    server,
                    LOGGER);
        }
    }
}
