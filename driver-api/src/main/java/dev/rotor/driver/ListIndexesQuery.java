package dev.rotor.driver;

import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a collection, as the Index Management specification defines it. A collection that does not exist has
 * none.
 *
 * @param <T> what each document is read as
 */
public interface ListIndexesQuery<T> extends Query<T> {

    /** {@inheritDoc} */
    @Override
    CompletionStage<AsyncCursor<T>> open();

    @Override
    ListIndexesQuery<T> batchSize(int batchSize);

    @Override
    ListIndexesQuery<T> prefetch(boolean prefetch);

    @Override
    ListIndexesQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    ListIndexesQuery<T> comment(@Nullable String comment);

    @Override
    ListIndexesQuery<T> comment(@Nullable BsonValue comment);

    @Override
    ListIndexesQuery<T> timeout(@Nullable Duration timeout);

    @Override
    ListIndexesQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
