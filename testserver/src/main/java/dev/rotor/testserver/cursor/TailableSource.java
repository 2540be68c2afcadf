package dev.rotor.testserver.cursor;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonSize;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.storage.ReadPoint;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A capped collection in natural order, and what is inserted later. */
public final class TailableSource implements CursorSource {
    private final StoredCollection collection;
    private final Filter filter;
    private final UnaryOperator<Document> shown;
    private final boolean awaits;
    private final long limit;
    private long skip;
    private long last;
    private long given;

    /**
     * From the oldest document on.
     *
     * @param awaits whether a getMore waits for the next document
     * @param skip how many documents to pass over first
     * @param limit at most so many documents in all; 0 for no limit
     */
    public TailableSource(
            StoredCollection collection,
            Filter filter,
            UnaryOperator<Document> shown,
            boolean awaits,
            long skip,
            long limit) {
        this.collection = collection;
        this.filter = filter;
        this.shown = shown;
        this.awaits = awaits;
        this.skip = skip;
        this.limit = limit;
    }

    @Override
    public List<Document> take(int documents, int bytes) {
        if (collection.isDropped()) {
            throw new CommandError(ErrorCode.QUERY_PLAN_KILLED, "collection dropped. UUID " + collection.uuid());
        }
        if (last > 0 && !collection.holds(last)) {
            throw new CommandError(
                    ErrorCode.CAPPED_POSITION_LOST,
                    "CollectionScan died due to position in capped collection being deleted. Last seen record id:"
                            + " RecordId("
                            + last + ")");
        }
        List<Document> batch = new ArrayList<>();
        long size = 0;
        for (StoredRecord record : collection.recordsAfter(last)) {
            if (batch.size() >= documents || isFinished()) {
                break;
            }
            Document document = record.seenAt(ReadPoint.LATEST);
            if (document != null && filter.matches(document) && skip > 0) {
                skip--;
            } else if (document != null && filter.matches(document)) {
                size += BsonSize.of(document);
                if (!batch.isEmpty() && size > bytes) {
                    break;
                }
                batch.add(shown.apply(document.cloneDeeply()));
                given++;
            }
            if (record.owner() == null) {
                last = record.id();
            }
        }
        return batch;
    }

    @Override
    public boolean isFinished() {
        // An empty capped collection has no position to wait at.
        return (limit > 0 && given >= limit) || (last == 0 && collection.count() == 0);
    }

    @Override
    public boolean awaitsMore() {
        return awaits;
    }
}
