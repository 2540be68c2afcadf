package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.InsertOneResult;
import org.bson.BsonValue;
import org.bson.codecs.Encoder;
import org.jspecify.annotations.Nullable;

/** {@code insert} of one document. */
public final class InsertOneOperation<T> extends SingleWriteOperation<T, InsertOneResult> {

    private final @Nullable BsonValue insertedId;

    /**
     * Makes the operation.
     *
     * @param insertedId the document's {@code _id} as it will be sent, or {@code null} when the driver does not know it
     */
    public InsertOneOperation(
            Scope scope,
            String collection,
            T document,
            @Nullable BsonValue insertedId,
            Encoder<T> encoder,
            CommandOptions options) {
        super(scope, collection, new InsertOneModel<>(document), encoder, options);
        this.insertedId = insertedId;
    }

    @Override
    InsertOneResult result(ReplyEnvelope reply) {
        return new InsertOneResult(true, insertedId);
    }

    @Override
    InsertOneResult unacknowledgedResult() {
        return new InsertOneResult(false, insertedId);
    }
}
