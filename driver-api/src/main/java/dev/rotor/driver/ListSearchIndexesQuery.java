package dev.rotor.driver;

import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The search indexes of a collection, as the Index Management specification defines it: an aggregation that begins with
 * {@code $listSearchIndexes}. Neither read concern nor write concern is sent. Only deployments with Atlas Search have
 * such indexes; others refuse.
 *
 * @param <T> what each description is read as
 */
public interface ListSearchIndexesQuery<T> extends Query<T> {

    /**
     * The same for one index.
     *
     * @param name its name; {@code null} for all
     * @return a copy
     */
    ListSearchIndexesQuery<T> name(@Nullable String name);

    /**
     * The same, saying whether the server may use files for what does not fit in memory.
     *
     * @param allowDiskUse whether it may; {@code null} leaves it to the server
     * @return a copy
     */
    ListSearchIndexesQuery<T> allowDiskUse(@Nullable Boolean allowDiskUse);

    /**
     * The same with rules by which strings are compared.
     *
     * @param collation the rules; {@code null}: not sent
     * @return a copy
     */
    ListSearchIndexesQuery<T> collation(@Nullable Collation collation);

    /** {@inheritDoc} */
    @Override
    CompletionStage<AsyncCursor<T>> open();

    @Override
    ListSearchIndexesQuery<T> batchSize(int batchSize);

    @Override
    ListSearchIndexesQuery<T> prefetch(boolean prefetch);

    @Override
    ListSearchIndexesQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    ListSearchIndexesQuery<T> comment(@Nullable String comment);

    @Override
    ListSearchIndexesQuery<T> comment(@Nullable BsonValue comment);

    @Override
    ListSearchIndexesQuery<T> timeout(@Nullable Duration timeout);

    @Override
    ListSearchIndexesQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
