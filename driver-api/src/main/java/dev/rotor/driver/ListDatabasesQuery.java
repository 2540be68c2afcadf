package dev.rotor.driver;

import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The databases of a deployment, as the Enumerating Databases specification defines it.
 *
 * <p>The server sends all of them in one reply, so batch size, prefetch and timeout mode have no effect.
 *
 * @param <T> what each document is read as
 */
public interface ListDatabasesQuery<T> extends Query<T> {

    /**
     * The same with another filter.
     *
     * @param filter which databases; {@code null} for all
     * @return a copy
     */
    ListDatabasesQuery<T> filter(@Nullable Bson filter);

    /**
     * The same, saying whether only names are returned, which is cheaper.
     *
     * @param nameOnly whether; {@code null}: not sent
     * @return a copy
     */
    ListDatabasesQuery<T> nameOnly(@Nullable Boolean nameOnly);

    /**
     * The same, saying whether only databases that the user has rights on are returned.
     *
     * @param authorizedDatabases whether; {@code null} leaves it to the server, which goes by the rights of the user
     * @return a copy
     */
    ListDatabasesQuery<T> authorizedDatabases(@Nullable Boolean authorizedDatabases);

    /** {@inheritDoc} */
    @Override
    CompletionStage<AsyncCursor<T>> open();

    @Override
    ListDatabasesQuery<T> batchSize(int batchSize);

    @Override
    ListDatabasesQuery<T> prefetch(boolean prefetch);

    @Override
    ListDatabasesQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    ListDatabasesQuery<T> comment(@Nullable String comment);

    @Override
    ListDatabasesQuery<T> comment(@Nullable BsonValue comment);

    @Override
    ListDatabasesQuery<T> timeout(@Nullable Duration timeout);

    @Override
    ListDatabasesQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
