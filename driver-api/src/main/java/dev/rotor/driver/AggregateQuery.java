package dev.rotor.driver;

import dev.rotor.driver.model.Collation;
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
 * The results of an aggregation pipeline, as the CRUD specification defines {@code aggregate}.
 *
 * <p>A pipeline that ends in {@code $out} or {@code $merge} writes and has no results: run it with
 * {@link #toCollection()}. The other ways run it as well and find nothing.
 *
 * @param <T> what each document is read as
 */
public interface AggregateQuery<T> extends Query<T> {

    /**
     * The same, saying whether the server may use files for what does not fit in memory.
     *
     * @param allowDiskUse whether it may; {@code null} leaves it to the server
     * @return a copy
     */
    AggregateQuery<T> allowDiskUse(@Nullable Boolean allowDiskUse);

    /**
     * The same, saying whether {@code $out} and {@code $merge} pass by the rules that validate documents.
     *
     * @param bypassDocumentValidation whether; {@code null}: not sent
     * @return a copy
     */
    AggregateQuery<T> bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation);

    /**
     * The same with rules by which strings are compared.
     *
     * @param collation the rules; {@code null} for those of the collection
     * @return a copy
     */
    AggregateQuery<T> collation(@Nullable Collation collation);

    /**
     * The same with an index to use, named by its keys. Takes the place of {@code hintString}.
     *
     * @param hint the key pattern; {@code null}: not sent
     * @return a copy
     */
    AggregateQuery<T> hint(@Nullable Bson hint);

    /**
     * The same with an index to use, named by its name. Takes the place of {@code hint}.
     *
     * @param hintString the name; {@code null}: not sent
     * @return a copy
     */
    AggregateQuery<T> hintString(@Nullable String hintString);

    /**
     * The same with variables that expressions can use as {@code $$name}. Needs server 5.0.
     *
     * @param let the variables; {@code null}: not sent
     * @return a copy
     */
    AggregateQuery<T> let(@Nullable Bson let);

    /**
     * The same with a limit to how long the server waits for new documents before it answers with nothing. Of effect
     * for a tailable cursor that awaits data.
     *
     * @param maxAwaitTime in whole milliseconds; {@code null} leaves it to the server
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    AggregateQuery<T> maxAwaitTime(@Nullable Duration maxAwaitTime);

    /**
     * The same, read as another class.
     *
     * @param resultClass what each document is read as
     * @param <R> what each document is read as
     * @return a copy
     */
    <R> AggregateQuery<R> as(Class<R> resultClass);

    /**
     * The same with undecoded batches for results: one for each reply that has documents. Everything that is said about
     * documents here is then about batches ({@link #first()} gives the first batch, {@link #toList(int)} so many
     * batches), except for {@link #batchSize}, which goes to the server and counts documents.
     *
     * @return a copy
     */
    AggregateQuery<RawBatch> rawBatches();

    /**
     * Runs a pipeline that writes: its last stage is {@code $out} or {@code $merge}. With any other, the stage fails
     * with an {@link IllegalStateException} and nothing is sent. The batch size has no effect.
     *
     * @return completes when it is written; fails with a {@link MongoException}
     */
    CompletionStage<Void> toCollection();

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
    AggregateQuery<T> batchSize(int batchSize);

    @Override
    AggregateQuery<T> prefetch(boolean prefetch);

    @Override
    AggregateQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    AggregateQuery<T> comment(@Nullable String comment);

    @Override
    AggregateQuery<T> comment(@Nullable BsonValue comment);

    @Override
    AggregateQuery<T> timeout(@Nullable Duration timeout);

    @Override
    AggregateQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
