package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.CursorSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.stream.ChangeStreamOpening;
import java.util.List;

/** An aggregate that begins with {@code $changeStream}. */
final class ChangeStreams {
    private ChangeStreams() {}

    static Document open(Call call, Namespace namespace, List<?> stages, Collation collation, int batchSize) {
        if (call.request().server().deployment() == DeploymentKind.STANDALONE) {
            throw new CommandError(40573, "The $changeStream stage is only supported on replica sets");
        }
        if (call.overlay() != null) {
            throw new CommandError(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION, "$changeStream cannot be used in a transaction");
        }
        String level = call.request().readConcern().level();
        if (level != null && !level.equals("majority")) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "$changeStream cannot be used with a read concern level of " + level + ", only with majority");
        }
        StoredCollection collection = call.find(namespace);
        if (collection != null && collection.isView()) {
            throw new CommandError(ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW, "$changeStream is not supported on views");
        }
        CursorSource source = ChangeStreamOpening.open(call.store(), namespace, stages, collation, call.version());
        return call.cursors().first(call.request(), namespace, source, batchSize, false, null);
    }
}
