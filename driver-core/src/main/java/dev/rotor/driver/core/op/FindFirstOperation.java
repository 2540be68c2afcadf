package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.DocumentArray;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/** {@code find} for the first document: a limit of one in a single batch, so that no cursor is left. */
public final class FindFirstOperation<T> extends ReadOperation<@Nullable T> {

    private final String collection;
    private final FindSpec spec;
    private final Decoder<T> decoder;

    /** Makes the operation. */
    public FindFirstOperation(Scope scope, String collection, FindSpec spec, Decoder<T> decoder) {
        super("find", scope);
        this.collection = collection;
        this.spec = spec;
        this.decoder = decoder;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        FindCommand.write(out, this, collection, spec, -1);
    }

    @Override
    @Nullable
    T read(ReplyEnvelope reply, ReplyContext context) {
        DocumentArray documents = new DocumentArray(reply.frame(), reply.batchOffset());
        return documents.advance() ? reply.decodeDocument(documents.documentOffset(), decoder) : null;
    }
}
