package dev.rotor.driver.core.op;

import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.CursorType;
import java.time.Duration;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What a {@code find} is to send. Written by whoever has just copied it, never after it was handed to an operation. */
public final class FindSpec implements Cloneable {

    public @Nullable Bson filter;
    public @Nullable Bson sort;
    public @Nullable Bson projection;
    public long skip;
    /** 0 for none; negative for a single batch. */
    public long limit;
    /** 0 leaves it to the server. */
    public int batchSize;

    public @Nullable Collation collation;
    public @Nullable Bson hint;
    public @Nullable String hintString;
    public @Nullable Bson let;
    public @Nullable Bson min;
    public @Nullable Bson max;
    public @Nullable Duration maxTime;
    public @Nullable Duration maxAwaitTime;
    public @Nullable BsonValue comment;
    public @Nullable Boolean allowDiskUse;
    public @Nullable Boolean allowPartialResults;
    public @Nullable Boolean noCursorTimeout;
    public @Nullable Boolean returnKey;
    public @Nullable Boolean showRecordId;
    public CursorType cursorType = CursorType.NON_TAILABLE;
    public boolean prefetch = true;

    /** Makes a spec that finds everything. */
    public FindSpec() {}

    /** A copy, to be changed before anyone else sees it. */
    public FindSpec copy() {
        try {
            return (FindSpec) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
