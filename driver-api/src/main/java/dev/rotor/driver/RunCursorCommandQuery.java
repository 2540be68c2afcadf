package dev.rotor.driver;

import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The results of any command that opens a cursor, as the Run Command specification defines {@code runCursorCommand}.
 *
 * <p>The command is sent as it was given, once; what is said here goes with the getMores. Each of them is sent with the
 * session of the command, to its server.
 *
 * @param <T> what each document is read as
 */
public interface RunCursorCommandQuery<T> extends Query<T> {

    /**
     * The same on servers of one's choice.
     *
     * @param readPreference which members the command may go to; default {@link ReadPreference#PRIMARY}
     * @return a copy
     */
    RunCursorCommandQuery<T> readPreference(ReadPreference readPreference);

    /**
     * The same, saying what kind of cursor the command opens. The driver cannot see that in the command, and with a
     * timeout it has to know.
     *
     * @param cursorType the kind; default {@link CursorType#NON_TAILABLE}, which {@link CursorType#EXHAUST} is the same
     *     as here
     * @return a copy
     */
    RunCursorCommandQuery<T> cursorType(CursorType cursorType);

    /** {@inheritDoc} */
    @Override
    CompletionStage<AsyncCursor<T>> open();

    /**
     * The same with another batch size for the getMores; that of the first batch is for the command to say.
     *
     * @param batchSize how many documents the server returns at once; 0 leaves it to the server, the default
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    @Override
    RunCursorCommandQuery<T> batchSize(int batchSize);

    @Override
    RunCursorCommandQuery<T> prefetch(boolean prefetch);

    /**
     * The same with a time limit of each getMore on the server. For a tailable cursor that awaits data it is how long
     * the server waits before it answers with nothing; other cursors refuse it.
     *
     * @param maxTime in whole milliseconds; zero for no limit; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    @Override
    RunCursorCommandQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    RunCursorCommandQuery<T> comment(@Nullable String comment);

    /**
     * The same with a comment for the getMores; that of the command is for the command to say.
     *
     * @param comment the comment; {@code null}: not sent
     * @return a copy
     */
    @Override
    RunCursorCommandQuery<T> comment(@Nullable BsonValue comment);

    @Override
    RunCursorCommandQuery<T> timeout(@Nullable Duration timeout);

    @Override
    RunCursorCommandQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
