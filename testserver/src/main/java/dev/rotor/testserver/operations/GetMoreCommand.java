package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.GetMore;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;

/** {@code getMore}. */
final class GetMoreCommand implements Command {
    static final Arguments ARGUMENTS =
            Arguments.of("getMore", "collection", "batchSize", "term", "lastKnownCommittedOpTime");

    @Override
    public Document run(Call call) {
        if (!(call.command().get("getMore") instanceof Long id)) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH,
                    "BSON field 'getMore.getMore' is the wrong type '"
                            + Values.typeName(call.command().get("getMore")) + "', expected type 'long'");
        }
        if (!(call.command().get("collection") instanceof String collection)) {
            throw new CommandError(40414, "BSON field 'getMore.collection' is missing but a required field");
        }
        if (collection.isEmpty()) {
            throw new CommandError(ErrorCode.INVALID_NAMESPACE, "Collection names cannot be empty");
        }
        long batchSize = call.number("batchSize", 0);
        if (batchSize < 0) {
            throw new CommandError(
                    51024, "BSON field 'batchSize' value must be >= 0, actual value '" + batchSize + "'");
        }
        Namespace namespace = new Namespace(call.request().database(), collection);
        return new GetMore(call.store(), call.cursors())
                .run(
                        call.request(),
                        id,
                        namespace,
                        (int) Math.min(batchSize, Integer.MAX_VALUE),
                        call.number("maxTimeMS", -1));
    }
}
