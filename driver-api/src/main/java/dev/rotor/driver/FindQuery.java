package dev.rotor.driver;

import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.ExplainOptions;
import dev.rotor.driver.model.ExplainVerbosity;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a collection that match a filter, as the CRUD specification defines {@code find}.
 *
 * @param <T> what each document is read as
 */
public interface FindQuery<T> extends Query<T> {

    /**
     * The same with another filter.
     *
     * @param filter which documents; {@code null} for all
     * @return a copy
     */
    FindQuery<T> filter(@Nullable Bson filter);

    /**
     * The same with an order.
     *
     * @param sort the fields in their order, 1 or -1 each; {@code null} for the order in which the server finds them
     * @return a copy
     */
    FindQuery<T> sort(@Nullable Bson sort);

    /**
     * The same with a choice of fields.
     *
     * @param projection which fields are returned; {@code null} for all
     * @return a copy
     */
    FindQuery<T> projection(@Nullable Bson projection);

    /**
     * The same, passing over documents.
     *
     * @param skip how many of the first documents are passed over; 0, the default, for none
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    FindQuery<T> skip(long skip);

    /**
     * The same with a greatest number of documents.
     *
     * @param limit how many; 0, the default, for no limit; a negative number asks for that many in a single batch
     * @return a copy
     */
    FindQuery<T> limit(long limit);

    /**
     * The same with rules by which strings are compared.
     *
     * @param collation the rules; {@code null} for those of the collection
     * @return a copy
     */
    FindQuery<T> collation(@Nullable Collation collation);

    /**
     * The same with an index to use, named by its keys. Takes the place of {@code hintString}.
     *
     * @param hint the key pattern; {@code null}: not sent
     * @return a copy
     */
    FindQuery<T> hint(@Nullable Bson hint);

    /**
     * The same with an index to use, named by its name. Takes the place of {@code hint}.
     *
     * @param hintString the name; {@code null}: not sent
     * @return a copy
     */
    FindQuery<T> hintString(@Nullable String hintString);

    /**
     * The same with variables that expressions can use as {@code $$name}. Needs server 5.0.
     *
     * @param let the variables; {@code null}: not sent
     * @return a copy
     */
    FindQuery<T> let(@Nullable Bson let);

    /**
     * The same with an inclusive lower bound of index keys. Needs a hint.
     *
     * @param min the bound; {@code null}: not sent
     * @return a copy
     */
    FindQuery<T> min(@Nullable Bson min);

    /**
     * The same with an exclusive upper bound of index keys. Needs a hint.
     *
     * @param max the bound; {@code null}: not sent
     * @return a copy
     */
    FindQuery<T> max(@Nullable Bson max);

    /**
     * The same with another kind of cursor. {@link CursorType#EXHAUST} and a limit exclude each other: asking fails
     * then with an {@link IllegalArgumentException}.
     *
     * @param cursorType whether the cursor ends with the last document; default {@link CursorType#NON_TAILABLE}
     * @return a copy
     */
    FindQuery<T> cursorType(CursorType cursorType);

    /**
     * The same with a limit to how long the server waits for new documents before it answers with nothing. Of effect
     * for a tailable cursor that awaits data.
     *
     * @param maxAwaitTime in whole milliseconds; {@code null} leaves it to the server
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    FindQuery<T> maxAwaitTime(@Nullable Duration maxAwaitTime);

    /**
     * The same, saying whether the server may use files for what does not fit in memory.
     *
     * @param allowDiskUse whether it may; {@code null} leaves it to the server
     * @return a copy
     */
    FindQuery<T> allowDiskUse(@Nullable Boolean allowDiskUse);

    /**
     * The same, saying whether a sharded cluster answers although shards are down.
     *
     * @param allowPartialResults whether results may be missing; {@code null} leaves it to the server
     * @return a copy
     */
    FindQuery<T> allowPartialResults(@Nullable Boolean allowPartialResults);

    /**
     * The same, saying whether the server keeps the cursor however long nobody asks.
     *
     * @param noCursorTimeout whether it is kept; {@code null} leaves it to the server: it forgets a cursor after ten
     *     minutes
     * @return a copy
     */
    FindQuery<T> noCursorTimeout(@Nullable Boolean noCursorTimeout);

    /**
     * The same, saying whether only the index keys are returned.
     *
     * @param returnKey whether; {@code null} leaves it to the server
     * @return a copy
     */
    FindQuery<T> returnKey(@Nullable Boolean returnKey);

    /**
     * The same, saying whether each document gets a field {@code $recordId}.
     *
     * @param showRecordId whether; {@code null} leaves it to the server
     * @return a copy
     */
    FindQuery<T> showRecordId(@Nullable Boolean showRecordId);

    /**
     * The same, read as another class.
     *
     * @param resultClass what each document is read as
     * @param <R> what each document is read as
     * @return a copy
     */
    <R> FindQuery<R> as(Class<R> resultClass);

    /**
     * The same with undecoded batches for results: one for each reply that has documents. Everything that is said about
     * documents here is then about batches ({@link #first()} gives the first batch, {@link #toList(int)} so many
     * batches), except for {@link #limit} and {@link #batchSize}, which go to the server and count documents.
     *
     * @return a copy
     */
    FindQuery<RawBatch> rawBatches();

    /**
     * The different values of a field in the documents that match the filter of this query. Of its other options those
     * that {@code distinct} has are taken over: collation, hint, time limits and comment.
     *
     * @param fieldName the field, dotted if it is an inner one
     * @param resultClass what each value is read as
     * @param <R> what each value is read as
     * @return a query
     */
    <R> DistinctQuery<R> distinct(String fieldName, Class<R> resultClass);

    /**
     * Asks the server how it would answer this query. Nothing is fetched.
     *
     * @return the server's whole reply; fails with a {@link MongoException}
     */
    default CompletionStage<Document> explain() {
        return explain(ExplainOptions.DEFAULT);
    }

    /**
     * Asks the server how it would answer this query, or answers it.
     *
     * @param verbosity how much is told
     * @return the server's whole reply; fails with a {@link MongoException}
     */
    default CompletionStage<Document> explain(ExplainVerbosity verbosity) {
        return explain(ExplainOptions.DEFAULT.verbosity(verbosity));
    }

    /**
     * Asks the server how it would answer this query, or answers it.
     *
     * @param options how
     * @return the server's whole reply; fails with a {@link MongoException}
     */
    default CompletionStage<Document> explain(ExplainOptions options) {
        return explain(options, Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param options how
     * @param resultClass what the reply is read as
     * @param <R> what the reply is read as
     * @return the server's whole reply; fails with a {@link MongoException}
     */
    <R> CompletionStage<R> explain(ExplainOptions options, Class<R> resultClass);

    /** {@inheritDoc} */
    @Override
    CompletionStage<AsyncCursor<T>> open();

    @Override
    FindQuery<T> batchSize(int batchSize);

    @Override
    FindQuery<T> prefetch(boolean prefetch);

    @Override
    FindQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    FindQuery<T> comment(@Nullable String comment);

    @Override
    FindQuery<T> comment(@Nullable BsonValue comment);

    @Override
    FindQuery<T> timeout(@Nullable Duration timeout);

    @Override
    FindQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
