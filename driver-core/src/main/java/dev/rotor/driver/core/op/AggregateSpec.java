package dev.rotor.driver.core.op;

import dev.rotor.driver.model.Collation;
import java.time.Duration;
import java.util.List;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What an {@code aggregate} is to send. Written by whoever has just copied it, never after it was handed on. */
public final class AggregateSpec implements Cloneable {

    public final List<? extends Bson> pipeline;
    /** 0 leaves it to the server. */
    public int batchSize;

    public @Nullable Collation collation;
    public @Nullable Bson hint;
    public @Nullable String hintString;
    public @Nullable Bson let;
    public @Nullable Duration maxTime;
    public @Nullable Duration maxAwaitTime;
    public @Nullable BsonValue comment;
    public @Nullable Boolean allowDiskUse;
    public @Nullable Boolean bypassDocumentValidation;
    public boolean prefetch = true;

    /** Makes a spec with this pipeline. */
    public AggregateSpec(List<? extends Bson> pipeline) {
        this.pipeline = List.copyOf(pipeline);
    }

    /** A copy, to be changed before anyone else sees it. */
    public AggregateSpec copy() {
        try {
            return (AggregateSpec) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
