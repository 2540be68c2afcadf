package dev.rotor.driver.core.op;

import dev.rotor.driver.model.Collation;
import java.time.Duration;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What an {@code aggregate} is to send. Written by whoever has just copied it, never after it was handed on. */
public final class AggregateSpec extends QuerySpec<AggregateSpec> {

    public List<? extends Bson> pipeline;

    public @Nullable Collation collation;
    public @Nullable Bson hint;
    public @Nullable String hintString;
    public @Nullable Bson let;
    public @Nullable Duration maxAwaitTime;
    public @Nullable Boolean allowDiskUse;
    public @Nullable Boolean bypassDocumentValidation;

    /** Makes a spec with this pipeline. */
    public AggregateSpec(List<? extends Bson> pipeline) {
        this.pipeline = List.copyOf(pipeline);
    }

    /** The same with another pipeline. */
    public AggregateSpec with(List<? extends Bson> pipeline) {
        AggregateSpec changed = copy();
        changed.pipeline = List.copyOf(pipeline);
        return changed;
    }
}
