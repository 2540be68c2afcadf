package dev.rotor.driver;

import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.TimeoutMode;
import dev.rotor.driver.model.changestream.FullDocument;
import dev.rotor.driver.model.changestream.FullDocumentBeforeChange;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a collection, a database or a whole deployment, as the Change Streams specification defines them.
 * Needs a replica set or a sharded cluster; anything else refuses.
 *
 * <p>Prefer this to an aggregation that begins with {@code $changeStream}: only this resumes after failures. The server
 * takes the read concern {@code majority} or none here, and refuses others.
 *
 * <p>A stream has no end. {@link #toList()} and {@link #forEach} complete only when it is invalidated, for example
 * because the collection was dropped, or fails. A pipeline must leave {@code _id}, the resume token, in place: the
 * first change without one fails with a {@link MongoException} and closes the stream. {@link #maxTime} bounds the
 * aggregation that opens the stream and no round trip after that, for which there is {@link #maxAwaitTime}.
 *
 * @param <T> what each change is read as
 */
public interface WatchQuery<T> extends Query<T> {

    /**
     * The same with another choice of what is shown with an update.
     *
     * @param fullDocument what is shown; {@code null}: not sent
     * @return a copy
     */
    WatchQuery<T> fullDocument(@Nullable FullDocument fullDocument);

    /**
     * The same with another choice of whether documents are shown as they were before.
     *
     * @param fullDocumentBeforeChange whether; {@code null}: not sent
     * @return a copy
     */
    WatchQuery<T> fullDocumentBeforeChange(@Nullable FullDocumentBeforeChange fullDocumentBeforeChange);

    /**
     * The same, beginning behind a change that was seen earlier. Not together with the other two ways of beginning: the
     * server refuses that.
     *
     * @param resumeAfter a resume token, not that of an invalidation; {@code null}: not sent
     * @return a copy
     */
    WatchQuery<T> resumeAfter(@Nullable BsonDocument resumeAfter);

    /**
     * The same, beginning behind a change that was seen earlier, even if that was an invalidation.
     *
     * @param startAfter a resume token; {@code null}: not sent
     * @return a copy
     */
    WatchQuery<T> startAfter(@Nullable BsonDocument startAfter);

    /**
     * The same, beginning with the changes of a certain time.
     *
     * @param startAtOperationTime the time, by the cluster's clock; {@code null}: not sent
     * @return a copy
     */
    WatchQuery<T> startAtOperationTime(@Nullable BsonTimestamp startAtOperationTime);

    /**
     * The same, saying whether kinds of change are reported that are no writes of documents. Needs server 6.0.
     *
     * @param showExpandedEvents whether; {@code null}: not sent
     * @return a copy
     */
    WatchQuery<T> showExpandedEvents(@Nullable Boolean showExpandedEvents);

    /**
     * The same with a limit to how long the server waits for changes before it answers with nothing.
     *
     * @param maxAwaitTime in whole milliseconds; {@code null} leaves it to the server: one second
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    WatchQuery<T> maxAwaitTime(@Nullable Duration maxAwaitTime);

    /**
     * The same with rules by which the pipeline compares strings.
     *
     * @param collation the rules; {@code null}: not sent
     * @return a copy
     */
    WatchQuery<T> collation(@Nullable Collation collation);

    /**
     * The same, reading whole changes as another class, for example {@code BsonDocument}. For pipelines that give
     * changes another shape.
     *
     * @param documentClass what each change is read as
     * @param <R> what each change is read as
     * @return a copy
     */
    <R> WatchQuery<R> withDocumentClass(Class<R> documentClass);

    /** {@inheritDoc} */
    @Override
    CompletionStage<ChangeStreamCursor<T>> open();

    @Override
    WatchQuery<T> batchSize(int batchSize);

    /** Of no effect: nothing is fetched ahead of a tailable cursor. */
    @Override
    WatchQuery<T> prefetch(boolean prefetch);

    @Override
    WatchQuery<T> maxTime(@Nullable Duration maxTime);

    @Override
    WatchQuery<T> comment(@Nullable String comment);

    @Override
    WatchQuery<T> comment(@Nullable BsonValue comment);

    @Override
    WatchQuery<T> timeout(@Nullable Duration timeout);

    @Override
    WatchQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode);
}
