package dev.rotor.testserver.stream;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.CursorSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonSize;
import dev.rotor.testserver.query.JsonText;
import dev.rotor.testserver.query.Pipeline;
import dev.rotor.testserver.storage.LogEntry;
import dev.rotor.testserver.storage.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A change stream: reads the log of operations from a place on, and never ends unless what it watches is gone. */
final class ChangeStreamSource implements CursorSource {
    private final Store store;
    private final StreamScope scope;
    private final StreamOptions options;
    private final ChangeEvents events;
    private final Pipeline pipeline;
    private final boolean split;
    private final Deque<Document> ready = new ArrayDeque<>();
    private long time;
    private int index;
    private Document resumeAt;
    private int skippedFragments;
    private boolean invalidated;

    ChangeStreamSource(
            Store store,
            StreamScope scope,
            StreamOptions options,
            Pipeline pipeline,
            boolean split,
            ResumeToken start) {
        this.store = store;
        this.scope = scope;
        this.options = options;
        this.pipeline = pipeline;
        this.split = split;
        events = new ChangeEvents(store, options);
        resumeAt = start.asDocument();
        time = start.time();
        index = start.index();
        if (start.fragment() > 0) {
            // The rest of a split event is still to come.
            skippedFragments = start.fragment();
            index = start.index() - 1;
        }
    }

    @Override
    public List<Document> take(int documents, int bytes) {
        if (time < store.log().forgottenUpTo()) {
            throw new CommandError(
                            ErrorCode.CHANGE_STREAM_HISTORY_LOST,
                            "Resume of change stream was not possible, as the resume point may no longer be in the oplog.")
                    .withLabels("NonResumableChangeStreamError");
        }
        List<Document> batch = new ArrayList<>();
        long size = 0;
        while (batch.size() < documents && (!ready.isEmpty() || fill())) {
            Document next = ready.element();
            size += BsonSize.of(next);
            if (!batch.isEmpty() && size > bytes) {
                return batch;
            }
            ready.remove();
            batch.add(next);
            if (next.get("_id") instanceof Document token) {
                resumeAt = token;
            }
        }
        if (ready.isEmpty() && batch.size() < documents && !invalidated) {
            // All that happened so far was looked at.
            long now = store.now();
            if (now > time || (now == time && index != ResumeToken.AFTER_ALL)) {
                time = now;
                index = ResumeToken.AFTER_ALL;
                if (batch.isEmpty()) {
                    resumeAt = ResumeToken.highWater(now).asDocument();
                }
            }
        }
        return batch;
    }

    /** Makes the events of the next entry that this stream shows; false if there is none. */
    private boolean fill() {
        if (invalidated) {
            return false;
        }
        List<LogEntry> entries = store.log().after(time, index);
        for (int i = 0; i < entries.size() && ready.isEmpty() && !invalidated; i++) {
            LogEntry entry = entries.get(i);
            if (scope.sees(entry.draft(), options.expanded())) {
                ResumeToken token = new ResumeToken(entry.time(), entry.index(), false, 0);
                shape(events.event(entry, token), token);
                if (scope.endsWith(entry.draft())) {
                    ResumeToken end = new ResumeToken(entry.time(), entry.index(), true, 0);
                    shape(events.invalidate(entry, end), end);
                    invalidated = true;
                }
            }
            time = entry.time();
            index = entry.index();
        }
        return !ready.isEmpty();
    }

    private void shape(Document event, ResumeToken token) {
        for (Document shaped : pipeline.isEmpty() ? List.of(event) : pipeline.run(List.of(event))) {
            if (!token.asDocument().equals(shaped.get("_id"))) {
                throw new CommandError(
                                ErrorCode.CHANGE_STREAM_FATAL_ERROR,
                                "Encountered an event whose _id field, which contains the resume token, was modified by the pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point. Only transformations that retain the unmodified _id field are allowed. Expected: "
                                        + JsonText.shell(new Document("_id", token.asDocument())) + " but found: "
                                        + (shaped.containsKey("_id")
                                                ? JsonText.shell(new Document("_id", shaped.get("_id")))
                                                : "{}"))
                        .withLabels("NonResumableChangeStreamError");
            }
            List<Document> fragments = LargeEvents.fit(shaped, token, split);
            ready.addAll(fragments.subList(Math.min(skippedFragments, fragments.size()), fragments.size()));
            skippedFragments = 0;
        }
    }

    @Override
    public boolean isFinished() {
        return invalidated && ready.isEmpty();
    }

    @Override
    public boolean awaitsMore() {
        return true;
    }

    @Override
    public boolean isChangeStream() {
        return true;
    }

    @Override
    public void describe(Document cursor) {
        cursor.append("postBatchResumeToken", resumeAt.cloneDeeply());
    }
}
