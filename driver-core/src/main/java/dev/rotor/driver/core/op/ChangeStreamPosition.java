package dev.rotor.driver.core.op;

import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * How far a change stream has come: the resume token that it would be resumed with, by the rules "Updating the Cached
 * Resume Token" and "Resume Process" of the Change Streams specification. Written by whoever consumes the stream, read
 * by anyone.
 */
public final class ChangeStreamPosition {

    private final ChangeStreamStart asked;

    private volatile @Nullable BsonDocument resumeToken;
    private volatile @Nullable BsonTimestamp operationTime;
    private volatile boolean returnedSome;

    /** Of a stream that is not open yet. */
    public ChangeStreamPosition(ChangeStreamSpec spec) {
        this.asked = new ChangeStreamStart(spec.startAfter, spec.resumeAfter, spec.startAtOperationTime);
        this.resumeToken = spec.startAfter != null ? spec.startAfter : spec.resumeAfter;
        this.operationTime = spec.startAtOperationTime;
    }

    /** Behind what a resumed stream would report, or {@code null} when that is not known. */
    public @Nullable BsonDocument resumeToken() {
        return resumeToken;
    }

    /** What the stream begins with. */
    ChangeStreamStart first() {
        return asked;
    }

    /**
     * The stream was opened for the first time.
     *
     * @param empty whether it came without changes
     * @param postBatchResumeToken the token of the reply, or {@code null}
     * @param replyTime the time of the reply, or {@code null}
     */
    void opened(boolean empty, @Nullable BsonDocument postBatchResumeToken, @Nullable BsonTimestamp replyTime) {
        boolean chosen = asked.startAfter() != null || asked.resumeAfter() != null || operationTime != null;
        if (empty && postBatchResumeToken == null && !chosen) {
            operationTime = replyTime;
        }
        arrived(empty, postBatchResumeToken);
    }

    /** A batch has come; its changes are not with the user yet. */
    void arrived(boolean empty, @Nullable BsonDocument postBatchResumeToken) {
        if (empty && postBatchResumeToken != null) {
            resumeToken = postBatchResumeToken;
        }
    }

    /** A change is given to the user. */
    void returned(BsonDocument token) {
        resumeToken = token;
        returnedSome = true;
    }

    /** What a resumed stream begins with. */
    ChangeStreamStart again() {
        BsonDocument token = resumeToken;
        if (token == null) {
            // Only one that was begun by time, or from now on, has no token.
            return new ChangeStreamStart(null, null, operationTime);
        }
        boolean afterStart = asked.startAfter() != null && !returnedSome;
        return afterStart ? new ChangeStreamStart(token, null, null) : new ChangeStreamStart(null, token, null);
    }
}
