package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.driver.model.WriteModel;
import org.bson.BsonValue;
import org.bson.codecs.Encoder;

/** {@code update} with one statement: updateOne, updateMany or replaceOne. */
public final class UpdateOperation<T> extends SingleWriteOperation<T, UpdateResult> {

    /** Makes the operation of an update or replace model. */
    public UpdateOperation(
            Scope scope, String collection, WriteModel<T> model, Encoder<T> encoder, CommandOptions options) {
        super(scope, collection, model, encoder, options);
    }

    @Override
    UpdateResult result(ReplyEnvelope reply) {
        BsonValue upsertedId = WriteReplies.upsertedId(reply);
        // The server counts an upserted document as one of n, although nothing matched.
        long matched = upsertedId == null ? Math.max(0, reply.n()) : 0;
        return UpdateResult.acknowledged(matched, Math.max(0, reply.nModified()), upsertedId);
    }

    @Override
    UpdateResult unacknowledgedResult() {
        return UpdateResult.unacknowledged();
    }
}
