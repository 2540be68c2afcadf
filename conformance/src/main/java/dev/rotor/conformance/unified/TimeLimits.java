package dev.rotor.conformance.unified;

import dev.rotor.conformance.unified.match.CourseError;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoTimeoutException;
import java.util.concurrent.TimeoutException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Which cases have time limits of their own, and which failures may come of these. */
final class TimeLimits {

    private TimeLimits() {}

    /** Whether the case has limits of some milliseconds, or blocks commands for so long. */
    static boolean has(BsonDocument file, BsonDocument test) {
        String text = test.toJson() + file.get("createEntities");
        return text.contains("blockTimeMS") || text.contains("timeoutMS") || text.contains("TimeoutMS");
    }

    /** Whether it is a timeout, comes of one, or is the lack of one. */
    static boolean explain(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof MongoTimeoutException
                    || (each instanceof MongoConnectionException network && network.isTimeout())
                    || each instanceof TimeoutException
                    || each instanceof CourseError) {
                return true;
            }
        }
        return false;
    }
}
