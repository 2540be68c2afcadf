package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import org.jspecify.annotations.Nullable;

/** Which collection a write goes to. */
final class Targets {
    private static final int MAX_NAMESPACE = 255;

    private Targets() {}

    /** The collection if it is there; refuses views. */
    static @Nullable StoredCollection existing(Call call, Namespace namespace) {
        StoredCollection collection = call.find(namespace);
        if (collection != null && collection.isView()) {
            throw new CommandError(
                    ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW, "Namespace " + namespace + " is a view, not a collection");
        }
        return collection;
    }

    /** The collection, which is created if it is not there. */
    static StoredCollection created(Call call, Namespace namespace) {
        StoredCollection collection = existing(call, namespace);
        if (collection != null) {
            return collection;
        }
        checkName(namespace);
        if (call.overlay() != null && !call.version().atLeast(4, 4)) {
            throw new CommandError(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot create namespace " + namespace + " in multi-document transaction.");
        }
        return call.store().createCollection(call.overlay(), namespace, new Document());
    }

    static void checkName(Namespace namespace) {
        if (namespace.toString().length() > MAX_NAMESPACE) {
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE,
                    "Fully qualified namespace is too long. Namespace: " + namespace + " Max: " + MAX_NAMESPACE);
        }
        if (namespace.database().isEmpty()
                || namespace.database().length() > 63
                || namespace.database().matches(".*[/\\\\. \"$\\x00].*")) {
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE, "Invalid database name: '" + namespace.database() + "'");
        }
    }
}
