package dev.rotor.driver.core.client;

import dev.rotor.driver.Query;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What listing databases and listing collections have in common. */
abstract class ListingQuery<T, Q extends Query<T>> extends CursorQuery<T, ListSpec, Q> {

    final Decoders.Lazy<T> codec;

    ListingQuery(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.codec = codec;
    }

    public final Q filter(@Nullable Bson filter) {
        ListSpec changed = spec.copy();
        changed.filter = filter;
        return with(changed);
    }

    public final Q nameOnly(@Nullable Boolean nameOnly) {
        ListSpec changed = spec.copy();
        changed.nameOnly = nameOnly;
        return with(changed);
    }

    final Q authorizedOnly(@Nullable Boolean authorizedOnly) {
        ListSpec changed = spec.copy();
        changed.authorizedOnly = authorizedOnly;
        return with(changed);
    }
}
