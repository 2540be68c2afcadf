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
 * The different values of a field, as the CRUD specification defines {@code distinct}.
 *
 * <p>The server sends all of them in one reply, so batch size, prefetch and timeout mode have no effect. A BSON null
 * among the values can be read as {@code BsonValue}, or as a class whose own codec makes something of it; with any
 * other class the query fails with a {@link MongoException} that says so.
 *
 * @param <T> what each value is read as
 */
public interface DistinctQuery<T> extends Query<T> {

    /**
     * The same with another filter.
     *
     * @param filter which documents are looked at; {@code null} for all
     * @return a copy
     */
    DistinctQuery<T> filter(@Nullable Bson filter);

    /**
     * The same with rules by which strings are compared.
     *
     * @param collation the rules; {@code null} for those of the collection
     * @return a copy
     */
    DistinctQuery<T> collation(@Nullable Collation collation);

    /**
     * The same with an index to use, named by its keys. Takes the place of {@code hintString}.
     *
     * @param hint the key pattern; {@code null}: not sent
     * @return a copy
     */
    DistinctQuery<T> hint(@Nullable Bson hint);

    /**
     * The same with an index to use, named by its name. Takes the place of {@code hint}.
     *
     * @param hintString the name; {@code null}: not sent
     * @return a copy
     */
    DistinctQuery<T> hintString(@Nullable String hintString);

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
    DistinctQuery<T> batchSize(int batchSize);

    @Override
    DistinctQuery<T> prefetch(boolean prefetch);

    @Override
    DistinctQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    DistinctQuery<T> comment(@Nullable String comment);

    @Override
    DistinctQuery<T> comment(@Nullable BsonValue comment);

    @Override
    DistinctQuery<T> timeout(@Nullable Duration timeout);

    @Override
    DistinctQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
