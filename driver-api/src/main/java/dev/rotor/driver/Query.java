package dev.rotor.driver;

import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A question with many answers, not yet asked.
 *
 * <p>A query is immutable: methods that say how give a copy. Nothing is sent before one of the others is called
 * ({@link #first()}, {@link #toList()}, {@link #forEach}, {@link #open()}, {@link #subscribe}), and each such call asks
 * anew.
 *
 * <p><b>As a publisher</b> it keeps the rules of reactive streams: each subscriber has a cursor of its own, gets no
 * more than it requested, one signal at a time, and cancelling closes the cursor. What a subscriber requests never
 * decides the batch size; where nothing is fetched ahead (see {@link #prefetch}), a round trip is made only while
 * something is requested. A request of 0 or less ends the subscription with an {@link IllegalArgumentException}.
 *
 * <p>Consumers run where completions run (see {@link MongoClient}) and must not block.
 *
 * @param <T> what each document is read as
 */
public interface Query<T> extends Flow.Publisher<T> {

    /**
     * Asks for the first document. A query whose command has a limit sends a limit of one; others drop the rest.
     *
     * @return the document, or {@code null} when there is none; fails with a {@link MongoException}
     */
    CompletionStage<@Nullable T> first();

    /**
     * Asks for all documents. They are all held in memory: give a limit where you do not know how many there are.
     *
     * @return the documents, in the server's order; fails with a {@link MongoException}, and then gives none
     */
    CompletionStage<List<T>> toList();

    /**
     * Asks for at most so many documents. When there are more, the cursor is closed and they are not fetched.
     *
     * @param limit the greatest size of the list; positive
     * @return the documents, in the server's order; fails with a {@link MongoException}, and then gives none
     * @throws IllegalArgumentException if the limit is not positive
     */
    CompletionStage<List<T>> toList(int limit);

    /**
     * Gives each document to a consumer, one at a time, in the server's order.
     *
     * @param consumer must not block; what it throws closes the cursor and fails the stage
     * @return completes after the last document; fails with what the consumer threw, or with a {@link MongoException}
     */
    CompletionStage<Void> forEach(Consumer<? super T> consumer);

    /**
     * Gives each document to a consumer that says whether it wants another.
     *
     * @param consumer {@code false} closes the cursor and completes the stage; must not block; what it throws closes
     *     the cursor and fails the stage
     * @return completes after the last document that the consumer was given; fails with what the consumer threw, or
     *     with a {@link MongoException}
     */
    CompletionStage<Void> forEachWhile(Predicate<? super T> consumer);

    /**
     * Asks, and gives the cursor over the answers.
     *
     * @return the cursor, when the first batch is here; the caller closes it; fails with a {@link MongoException}
     */
    CompletionStage<? extends AsyncCursor<T>> open();

    /**
     * The same with another batch size. It goes with the first command and with each further round trip.
     *
     * @param batchSize how many documents the server returns at once; 0 leaves it to the server, the default
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    Query<T> batchSize(int batchSize);

    /**
     * The same with or without prefetch: asking for the next batch while the consumer works through this one. At most
     * one batch is fetched ahead, and none of a tailable cursor or in a transaction.
     *
     * @param prefetch whether to fetch ahead; default {@code true}
     * @return a copy
     */
    Query<T> prefetch(boolean prefetch);

    /**
     * The same with a time limit on the server. Superseded by {@link #timeout}, beside which it has no effect.
     *
     * @param maxTime how long the server may work on it, in whole milliseconds; zero for no limit; {@code null}: not
     *     sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    Query<T> maxTime(@Nullable Duration maxTime);

    /**
     * The same with a comment, which shows in the profiler, {@code currentOp} and logs of the server.
     *
     * @param comment the text; {@code null}: not sent
     * @return a copy
     */
    Query<T> comment(@Nullable String comment);

    /**
     * The same with a comment of any type, which needs server 4.4.
     *
     * @param comment the comment; {@code null}: not sent
     * @return a copy
     */
    Query<T> comment(@Nullable BsonValue comment);

    /**
     * The same with a time limit for everything that the driver does, as the Client Side Operations Timeout
     * specification defines it.
     *
     * @param timeout in whole milliseconds; zero for no limit; {@code null} for that of the collection, the database or
     *     the client
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    Query<T> timeout(@Nullable Duration timeout);

    /**
     * The same with another span of the timeout. It needs a timeout: without one, asking fails with an
     * {@link IllegalArgumentException}, as it does for a span that the kind of cursor does not allow.
     *
     * @param timeoutMode what the timeout spans; {@code null} for the default of the kind of cursor
     * @return a copy
     */
    Query<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
