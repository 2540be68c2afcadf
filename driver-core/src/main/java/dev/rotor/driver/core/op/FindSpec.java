package dev.rotor.driver.core.op;

import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.CursorType;
import java.time.Duration;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What a {@code find} is to send. Written by whoever has just copied it, never after it was handed to an operation. */
public final class FindSpec extends QuerySpec<FindSpec> {

    public @Nullable Bson filter;
    public @Nullable Bson sort;
    public @Nullable Bson projection;
    public long skip;
    /** 0 for none; negative for a single batch. */
    public long limit;

    public @Nullable Collation collation;
    public @Nullable Bson hint;
    public @Nullable String hintString;
    public @Nullable Bson let;
    public @Nullable Bson min;
    public @Nullable Bson max;
    public @Nullable Duration maxAwaitTime;
    public @Nullable Boolean allowDiskUse;
    public @Nullable Boolean allowPartialResults;
    public @Nullable Boolean noCursorTimeout;
    public @Nullable Boolean returnKey;
    public @Nullable Boolean showRecordId;
    public CursorType cursorType = CursorType.NON_TAILABLE;

    /** Makes a spec that finds everything. */
    public FindSpec() {}
}
