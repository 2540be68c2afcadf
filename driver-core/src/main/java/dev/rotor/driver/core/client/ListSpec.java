package dev.rotor.driver.core.client;

import dev.rotor.driver.model.Collation;
import java.time.Duration;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What the smaller queries are to send; each uses what it has. Written by whoever has just copied it, never after it
 * was handed on.
 */
final class ListSpec implements Cloneable {

    @Nullable
    Bson filter;

    @Nullable
    Collation collation;

    @Nullable
    Bson hint;

    @Nullable
    String hintString;

    @Nullable
    Boolean nameOnly;

    /** {@code authorizedDatabases} or {@code authorizedCollections}. */
    @Nullable
    Boolean authorizedOnly;

    /** 0 leaves it to the server. */
    int batchSize;

    boolean prefetch = true;

    @Nullable
    Duration maxTime;

    @Nullable
    BsonValue comment;

    ListSpec copy() {
        try {
            return (ListSpec) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
