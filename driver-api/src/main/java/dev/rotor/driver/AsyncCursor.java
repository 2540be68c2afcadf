package dev.rotor.driver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The results of a query, one after the other, as they lie on one server.
 *
 * <p><b>One call at a time.</b> While the stage of a call for documents ({@code next()}, {@code tryNext()},
 * {@code nextBatch()}, {@code toList()}, {@code forEach()}) is not complete, another one fails with an
 * {@link IllegalStateException} that says so: the order of results would otherwise be anybody's guess. {@code close()}
 * may be called at any time, from any thread.
 *
 * <p><b>The end.</b> A cursor that is not tailable ends when the server has no more documents. A tailable cursor does
 * not: it waits for new documents, and ends only when the server drops it, for example because the collection is gone.
 * After the end calls go on to say "nothing": {@code null}, or an empty list. The server's cursor is gone then, so
 * closing costs nothing.
 *
 * <p><b>Failures.</b> A failed round trip completes the stage with a {@link MongoException} and closes the cursor,
 * because documents may have been lost on the way, a timeout among them. A cursor that the server has forgotten fails
 * with a {@link MongoCommandException} of code 43. A document that cannot be decoded fails its own call only; the next
 * call goes on behind it.
 *
 * <p><b>After close.</b> Calls fail with an {@link IllegalStateException}. A call that is waiting for the server when
 * the cursor is closed fails the same way, at once; what the server then answers is thrown away, and only when it has
 * answered is its cursor killed, because a connection carries one command at a time.
 *
 * <p><b>Giving a call up.</b> Cancelling the stage of a call ends that call: documents that come afterwards are for the
 * next one, which can be made when the server has answered.
 *
 * <p><b>To go back</b> ask the query again: it is immutable, and each {@link Query#open()} begins anew.
 *
 * @param <T> what each document is read as
 */
public interface AsyncCursor<T> extends AutoCloseable {

    /**
     * The next document. Asks the server for more when the current batch is used up, as often as it takes.
     *
     * @return the document, or {@code null} at the end
     */
    CompletionStage<@Nullable T> next();

    /**
     * The next document if there is one without waiting long: at most one round trip.
     *
     * @return the document, or {@code null} when there is none for now; {@link #isExhausted()} tells whether there may
     *     be one later
     */
    CompletionStage<@Nullable T> tryNext();

    /**
     * All documents that are here but not yet consumed; when there are none, those of the next round trip that brings
     * any. So with a batch size of 100 and one {@link #next()} before, this gives 99.
     *
     * @return at least one document, or an empty list at the end, and at the end only; unmodifiable
     */
    CompletionStage<List<T>> nextBatch();

    /**
     * All documents that were not consumed yet. Of a tailable cursor there is no last one: give a limit.
     *
     * @return the documents, in the server's order, perhaps none; unmodifiable; a failure loses those read before it
     */
    CompletionStage<List<T>> toList();

    /**
     * At most so many of the documents that were not consumed yet; the cursor stays open, and the next call goes on
     * behind them. A tailable cursor waits until there are so many.
     *
     * @param limit the greatest size of the list; positive
     * @return the documents, in the server's order, fewer than the limit only at the end; unmodifiable; a failure loses
     *     those read before it
     * @throws IllegalArgumentException if the limit is not positive
     */
    CompletionStage<List<T>> toList(int limit);

    /**
     * Gives each document that was not consumed yet to a consumer, one at a time, in the server's order.
     *
     * @param consumer must not block; what it throws fails the stage, and the cursor stays open behind that document
     * @return completes after the last document; fails with what the consumer threw, or with a {@link MongoException}
     */
    CompletionStage<Void> forEach(Consumer<? super T> consumer);

    /**
     * Gives each document that was not consumed yet to a consumer that says whether it wants another.
     *
     * @param consumer {@code false} completes the stage; the cursor stays open, and the next call goes on behind that
     *     document; must not block; what it throws fails the stage in the same way
     * @return completes after the last document that the consumer was given; fails with what the consumer threw, or
     *     with a {@link MongoException}
     */
    CompletionStage<Void> forEachWhile(Predicate<? super T> consumer);

    /**
     * Whether nothing more can come: the server's cursor is gone and every document was consumed, or this cursor is
     * closed. It may become {@code true} only by the call that finds nothing.
     *
     * @return {@code true} at the end
     */
    boolean isExhausted();

    /**
     * The id of the server's cursor.
     *
     * @return the id, or 0 when the server has none any more: all documents are here, or the cursor is closed
     */
    long cursorId();

    /**
     * The server that holds the cursor. All round trips go there.
     *
     * @return its address
     */
    ServerAddress server();

    /**
     * The session that this cursor belongs to: the one that the view was bound to on which the query was made.
     *
     * @return the session; {@code null} for none
     */
    @Nullable
    ClientSession session();

    /**
     * Closes the cursor and returns at once: documents that were not consumed are dropped and the server's cursor, if
     * there still is one, is killed in the background. May be called more than once. Never blocks.
     */
    @Override
    void close();

    /**
     * The same, and tells when it is done.
     *
     * @return completes when the server has been told, or could not be reached; never with a failure, since the server
     *     forgets cursors by itself
     */
    CompletionStage<Void> closeAsync();

    /**
     * The same with a time limit for the command that kills the server's cursor. Without one of its own that command
     * has the whole timeout of the query again, even where it has run out, as the Client Side Operations Timeout
     * specification asks ("Cursors").
     *
     * @param timeout in whole milliseconds; zero for no limit; {@code null} for that of the query
     * @return as {@link #closeAsync()}
     * @throws IllegalArgumentException if it is negative
     */
    CompletionStage<Void> closeAsync(@Nullable Duration timeout);
}
