package dev.rotor.testserver.stream;

import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.LogDraft;
import dev.rotor.testserver.storage.LogDraft.Kind;
import dev.rotor.testserver.storage.Namespace;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is watched.
 *
 * @param database the database, or null for all
 * @param collection the collection, or null for all
 */
record StreamScope(@Nullable String database, @Nullable String collection) {
    private static final Set<String> INTERNAL = Set.of("admin", "config", "local");

    /** Whether the stream shows what the entry says. */
    boolean sees(LogDraft draft, boolean expanded) {
        Namespace namespace = draft.namespace();
        boolean common = draft.kind().isDocument()
                || draft.kind() == Kind.DROP
                || draft.kind() == Kind.RENAME
                || draft.kind() == Kind.DROP_DATABASE;
        if (draft.kind() == Kind.NOTHING || !(common || expanded)) {
            return false;
        }
        if (database == null) {
            return !INTERNAL.contains(namespace.database())
                    && !namespace.collection().startsWith("system.");
        }
        if (!database.equals(namespace.database())) {
            return false;
        }
        if (collection == null) {
            return !namespace.collection().startsWith("system.");
        }
        return collection.equals(namespace.collection()) || (draft.kind() == Kind.RENAME && isTarget(draft));
    }

    private boolean isTarget(LogDraft draft) {
        return draft.details() != null
                && collection != null
                && collection.equals(
                        Values.text(Values.document(draft.details().get("to")).get("coll")));
    }

    /** Whether the stream ends with that entry: what it watches is not there any more. */
    boolean endsWith(LogDraft draft) {
        return switch (draft.kind()) {
            case DROP, RENAME -> collection != null;
            case DROP_DATABASE -> database != null && collection == null;
            default -> false;
        };
    }
}
