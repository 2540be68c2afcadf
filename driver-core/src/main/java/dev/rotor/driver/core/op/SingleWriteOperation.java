package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.WriteModel;
import org.bson.codecs.Encoder;

/** An insert, update or delete with one statement. */
abstract class SingleWriteOperation<T, R> extends WriteOperation<R> {

    private final Statements.Kind kind;
    private final String collection;
    private final WriteModel<T> model;
    private final Encoder<T> encoder;
    private final CommandOptions options;

    SingleWriteOperation(
            Scope scope, String collection, WriteModel<T> model, Encoder<T> encoder, CommandOptions options) {
        super(Statements.kind(model).commandName, scope);
        this.kind = Statements.kind(model);
        this.collection = collection;
        this.model = model;
        this.encoder = encoder;
        this.options = options;
    }

    @Override
    final RetryKind retryKind() {
        return Statements.isMulti(model) ? RetryKind.NONE : RetryKind.WRITE;
    }

    @Override
    final boolean mayBeUnacknowledged() {
        return true;
    }

    @Override
    final void writeBody(CommandWriter out, ConnectionDescription connection) {
        out.putString(kind.command, collection);
        options.write(out, scope().codecRegistry());
    }

    @Override
    final void writeSequences(CommandWriter out, ConnectionDescription connection) {
        if (!isAcknowledged()) {
            UnacknowledgedHints.check(model, connection);
        }
        int mark = out.startSequence(kind.sequence);
        int start = out.getPosition();
        Statements.append(out, model, encoder, scope().codecRegistry());
        written(out, start);
        DocumentTooLargeException.check(out.getPosition() - start, kind, 0, connection);
        out.endSequence(mark);
    }

    /** The statement stands from a position on; the last chance to change it. */
    void written(CommandWriter out, int statement) {}

    @Override
    final R read(ReplyEnvelope reply, ReplyContext context) {
        WriteReplies.checkSingle(reply, context.connection().server());
        return result(reply);
    }

    abstract R result(ReplyEnvelope reply);
}
