package dev.rotor.testserver.cursor;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** Where a cursor's documents come from. Used under the lock of the store only. */
public interface CursorSource {
    /** At most so many documents and, but for the first, bytes; empty if there are none now. */
    List<Document> take(int documents, int bytes);

    /** Whether none will ever come after those that were taken. */
    boolean isFinished();

    /** Whether more may come later, which a getMore waits for. */
    default boolean awaitsMore() {
        return false;
    }

    /** Whether it is a change stream. */
    default boolean isChangeStream() {
        return false;
    }

    /** Adds fields of the reply's {@code cursor} that belong to the batch just taken. */
    default void describe(Document cursor) {}
}
