package dev.rotor.driver.core.client;

import dev.rotor.driver.core.op.QuerySpec;
import dev.rotor.driver.model.Collation;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What the smaller queries are to send; each uses what it has. Written by whoever has just copied it, never after it
 * was handed on.
 */
final class ListSpec extends QuerySpec<ListSpec> {

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
}
