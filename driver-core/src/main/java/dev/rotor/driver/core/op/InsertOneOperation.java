package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.InsertOneResult;
import java.util.Objects;
import org.bson.BsonValue;
import org.bson.codecs.Encoder;
import org.jspecify.annotations.Nullable;

/** {@code insert} of one document. */
public final class InsertOneOperation<T> extends SingleWriteOperation<T, InsertOneResult> {

    /** Whether the document's {@code _id} is known only when the document has been written. */
    private final boolean identify;

    private @Nullable BsonValue insertedId;

    /**
     * Makes the operation.
     *
     * @param insertedId the document's {@code _id} as it will be sent, or {@code null} to find it in what the encoder
     *     writes, or to add it there
     */
    public InsertOneOperation(
            Scope scope,
            String collection,
            T document,
            @Nullable BsonValue insertedId,
            Encoder<T> encoder,
            CommandOptions options) {
        super(scope, collection, new InsertOneModel<>(document), encoder, options);
        this.identify = insertedId == null;
        this.insertedId = insertedId;
    }

    @Override
    void written(CommandWriter out, int statement) {
        if (identify) {
            insertedId = out.identify(statement, insertedId);
        }
    }

    @Override
    InsertOneResult result(ReplyEnvelope reply) {
        return new InsertOneResult(true, Objects.requireNonNull(insertedId));
    }

    @Override
    InsertOneResult unacknowledgedResult() {
        return new InsertOneResult(false, Objects.requireNonNull(insertedId));
    }
}
