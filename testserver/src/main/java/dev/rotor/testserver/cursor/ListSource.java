package dev.rotor.testserver.cursor;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.query.BsonSize;
import java.util.ArrayList;
import java.util.List;

/** A result that is complete. */
public final class ListSource implements CursorSource {
    private final List<Document> documents;
    private final boolean knowsItsEnd;
    private int next;
    private boolean ended;

    /**
     * Over a result.
     *
     * @param knowsItsEnd whether the last document is known to be the last, as after a limit or a sort in memory; else
     *     only the next, empty or short, batch tells
     */
    public ListSource(List<Document> documents, boolean knowsItsEnd) {
        this.documents = documents;
        this.knowsItsEnd = knowsItsEnd;
    }

    @Override
    public List<Document> take(int count, int bytes) {
        List<Document> batch = new ArrayList<>();
        long size = 0;
        while (next < documents.size() && batch.size() < count) {
            Document document = documents.get(next);
            size += BsonSize.of(document) + 11;
            if (!batch.isEmpty() && size > bytes) {
                return batch;
            }
            batch.add(document);
            next++;
        }
        ended = next == documents.size() && (knowsItsEnd || batch.size() < count);
        return batch;
    }

    @Override
    public boolean isFinished() {
        return ended;
    }
}
