package dev.rotor.driver.core.op;

import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.changestream.FullDocument;
import dev.rotor.driver.model.changestream.FullDocumentBeforeChange;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What a watch is to send. Written by whoever has just copied it, never after it was handed on. */
public final class ChangeStreamSpec extends QuerySpec<ChangeStreamSpec> {

    /** The stages behind {@code $changeStream}. */
    public final List<? extends Bson> pipeline;

    /** Whether all databases are watched. */
    public final boolean allChangesForCluster;

    public @Nullable FullDocument fullDocument;
    public @Nullable FullDocumentBeforeChange fullDocumentBeforeChange;
    public @Nullable BsonDocument resumeAfter;
    public @Nullable BsonDocument startAfter;
    public @Nullable BsonTimestamp startAtOperationTime;
    public @Nullable Boolean showExpandedEvents;
    public @Nullable Duration maxAwaitTime;
    public @Nullable Collation collation;

    /** Makes a spec with this pipeline. */
    public ChangeStreamSpec(List<? extends Bson> pipeline, boolean allChangesForCluster) {
        this.pipeline = List.copyOf(pipeline);
        this.allChangesForCluster = allChangesForCluster;
    }
}
