package dev.rotor.driver;

import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The collections of a database, as the Enumerating Collections specification defines it.
 *
 * @param <T> what each document is read as
 */
public interface ListCollectionsQuery<T> extends Query<T> {

    /**
     * The same with another filter.
     *
     * @param filter which collections; {@code null} for all
     * @return a copy
     */
    ListCollectionsQuery<T> filter(@Nullable Bson filter);

    /**
     * The same, saying whether only names and types are returned, which takes no lock.
     *
     * @param nameOnly whether; {@code null}: not sent
     * @return a copy
     */
    ListCollectionsQuery<T> nameOnly(@Nullable Boolean nameOnly);

    /**
     * The same, saying whether only collections that the user has rights on are returned. With {@code nameOnly} a user
     * without the right to list collections can ask so.
     *
     * @param authorizedCollections whether; {@code null}: not sent
     * @return a copy
     */
    ListCollectionsQuery<T> authorizedCollections(@Nullable Boolean authorizedCollections);

    /** {@inheritDoc} */
    @Override
    CompletionStage<AsyncCursor<T>> open();

    @Override
    ListCollectionsQuery<T> batchSize(int batchSize);

    @Override
    ListCollectionsQuery<T> prefetch(boolean prefetch);

    @Override
    ListCollectionsQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    ListCollectionsQuery<T> comment(@Nullable String comment);

    @Override
    ListCollectionsQuery<T> comment(@Nullable BsonValue comment);

    @Override
    ListCollectionsQuery<T> timeout(@Nullable Duration timeout);

    @Override
    ListCollectionsQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
