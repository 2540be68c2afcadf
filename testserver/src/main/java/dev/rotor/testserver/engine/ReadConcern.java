package dev.rotor.testserver.engine;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * A command's {@code readConcern}.
 *
 * @param level {@code local}, {@code majority}, {@code snapshot}, {@code linearizable}, {@code available}; null if not
 *     said
 * @param afterClusterTime read what was written up to then, or null
 * @param atClusterTime with {@code snapshot}: read the data as they were then, or null
 */
public record ReadConcern(
        @Nullable String level, @Nullable BsonTimestamp afterClusterTime, @Nullable BsonTimestamp atClusterTime) {

    /** Nothing said: the server's default, {@code local}. */
    public static final ReadConcern NONE = new ReadConcern(null, null, null);

    /** Whether the data of one point in time are asked for. */
    public boolean isSnapshot() {
        return "snapshot".equals(level);
    }
}
