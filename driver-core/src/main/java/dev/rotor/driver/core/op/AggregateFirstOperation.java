package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.DocumentArray;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** {@code aggregate} for a pipeline that gives at most one document, so that no cursor is left. */
final class AggregateFirstOperation<R> extends ReadOperation<R> {

    private final String collection;
    private final AggregateSpec spec;
    private final Function<@Nullable BsonDocument, R> result;

    AggregateFirstOperation(
            Scope scope, String collection, AggregateSpec spec, Function<@Nullable BsonDocument, R> result) {
        super("aggregate", scope);
        this.collection = collection;
        this.spec = spec;
        this.result = result;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        AggregateCommand.write(out, this, collection, spec, 0);
    }

    @Override
    R read(ReplyEnvelope reply, ReplyContext context) {
        DocumentArray documents = new DocumentArray(reply.frame(), reply.batchOffset());
        return result.apply(
                documents.advance() ? reply.decodeDocument(documents.documentOffset(), ReadCommands.DOCUMENTS) : null);
    }
}
