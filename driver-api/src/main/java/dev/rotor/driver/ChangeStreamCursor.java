package dev.rotor.driver;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a change stream, one after the other. It is a tailable cursor that resumes by itself: after a failure
 * on which the Change Streams specification allows it, the stream is opened again behind the last change, on a server
 * that the read preference allows, and goes on. Each failure is answered by one such attempt; when that fails too, its
 * failure is the result and the cursor is closed.
 *
 * <p><b>To store every resume token</b> call {@link #tryNext()} again and again and store {@link #resumeToken()} after
 * each call, whether it brought a change or not: the token moves on even while nothing matches the pipeline.
 *
 * @param <T> what each change is read as
 */
public interface ChangeStreamCursor<T> extends AsyncCursor<T> {

    /**
     * Where the stream would be resumed now: behind the change that was returned last or, when all that came was
     * returned, behind everything that the server has looked at. Another watch takes it as {@code resumeAfter} or
     * {@code startAfter}.
     *
     * @return the token; {@code null} as long as there is none: before the first change on a server before 4.0.7
     */
    @Nullable
    BsonDocument resumeToken();
}
