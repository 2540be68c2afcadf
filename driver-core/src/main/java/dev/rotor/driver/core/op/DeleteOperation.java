package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.DeleteResult;
import dev.rotor.driver.model.WriteModel;
import org.bson.codecs.Encoder;

/** {@code delete} with one statement. */
public final class DeleteOperation<T> extends SingleWriteOperation<T, DeleteResult> {

    /** Makes the operation of a delete model. */
    public DeleteOperation(
            Scope scope, String collection, WriteModel<T> model, Encoder<T> encoder, CommandOptions options) {
        super(scope, collection, model, encoder, options);
    }

    @Override
    DeleteResult result(ReplyEnvelope reply) {
        return DeleteResult.acknowledged(Math.max(0, reply.n()));
    }

    @Override
    DeleteResult unacknowledgedResult() {
        return DeleteResult.unacknowledged();
    }
}
