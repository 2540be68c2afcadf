package dev.rotor.driver.core.cursor;

import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.core.future.DriverFuture;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The cursor that users hold over a change stream. */
public final class ChangeCursor<T> extends DocumentCursor<T> implements ChangeStreamCursor<T> {

    private final Supplier<@Nullable BsonDocument> resumeToken;

    /**
     * A cursor over these batches.
     *
     * @param resumeToken tells where the stream stands
     */
    public ChangeCursor(
            DriverFuture.LoopGuard guard, BatchCursor<T> cursor, Supplier<@Nullable BsonDocument> resumeToken) {
        super(guard, cursor);
        this.resumeToken = resumeToken;
    }

    @Override
    public @Nullable BsonDocument resumeToken() {
        return resumeToken.get();
    }
}
